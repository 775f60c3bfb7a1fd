package dev.sluice.war.loading;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Writes one method that a class calls in place of what would end the process. Used once, on one thread. */
final class RefusedExit {
    /** The name of these methods; they differ in their parameters. */
    static final String NAME = "$refuseExit";

    private static final String METHOD = "java/lang/reflect/Method";
    private static final String REFUSAL = "java/lang/SecurityException";
    private static final String STRING = "java/lang/String";
    private static final String ENDING = " java.lang.System.exit java.lang.Runtime.exit java.lang.Runtime.halt ";

    private final MethodVisitor code;
    private final String application;

    /** Begins the method; it has not been visited before. */
    RefusedExit(ClassVisitor type, String application, String descriptor) {
        this.application = application;
        this.code = type.visitMethod(
                Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, NAME, descriptor, null, null);
        code.visitCode();
    }

    /** Throws, whatever the status in this variable is. */
    void withStatusIn(int variable) {
        refuse(() -> {
            code.visitVarInsn(Opcodes.ILOAD, variable);
            call(Opcodes.INVOKESTATIC, STRING, "valueOf", "(I)Ljava/lang/String;");
        });
        code.visitMaxs(4, variable + 1);
        code.visitEnd();
    }

    /**
     * Throws if the method in variable 0 would end the process, and otherwise invokes it as the class itself would: {@code Method.invoke}
     * looks at who calls it.
     *
     * @param version the major version of the class, which says whether it has frames
     */
    void ifInvoked(int version) {
        Label invoke = new Label();
        declaring();
        call(Opcodes.INVOKEVIRTUAL, "java/lang/Class", "getClassLoader", "()Ljava/lang/ClassLoader;");
        code.visitJumpInsn(Opcodes.IFNONNULL, invoke); // Not of the JDK's innermost classes.
        code.visitLdcInsn(ENDING);
        code.visitLdcInsn(" ");
        declaring();
        call(Opcodes.INVOKEVIRTUAL, "java/lang/Class", "getName", "()Ljava/lang/String;");
        concatenate();
        code.visitLdcInsn(".");
        concatenate();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        call(Opcodes.INVOKEVIRTUAL, METHOD, "getName", "()Ljava/lang/String;");
        concatenate();
        code.visitLdcInsn(" ");
        concatenate();
        call(Opcodes.INVOKEVIRTUAL, STRING, "contains", "(Ljava/lang/CharSequence;)Z");
        code.visitJumpInsn(Opcodes.IFEQ, invoke);
        refuse(() -> {
            code.visitVarInsn(Opcodes.ALOAD, 2);
            call(Opcodes.INVOKESTATIC, "java/util/Arrays", "toString", "([Ljava/lang/Object;)Ljava/lang/String;");
        });
        code.visitLabel(invoke);
        if (version >= Opcodes.V1_6) {
            code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        }
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitVarInsn(Opcodes.ALOAD, 2);
        call(Opcodes.INVOKEVIRTUAL, METHOD, "invoke", "(Ljava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;");
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(4, 3);
        code.visitEnd();
    }

    private void declaring() {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        call(Opcodes.INVOKEVIRTUAL, METHOD, "getDeclaringClass", "()Ljava/lang/Class;");
    }

    /** Throws with a message that has what the action pushes as the status. */
    private void refuse(Runnable status) {
        code.visitTypeInsn(Opcodes.NEW, REFUSAL);
        code.visitInsn(Opcodes.DUP);
        code.visitLdcInsn("the application " + application + " may not end the process with status ");
        status.run();
        concatenate();
        code.visitLdcInsn(" (exit: refuse; expected: an application leaves the process to the container)");
        concatenate();
        call(Opcodes.INVOKESPECIAL, REFUSAL, "<init>", "(Ljava/lang/String;)V");
        code.visitInsn(Opcodes.ATHROW);
    }

    private void concatenate() {
        call(Opcodes.INVOKEVIRTUAL, STRING, "concat", "(Ljava/lang/String;)Ljava/lang/String;");
    }

    private void call(int opcode, String owner, String name, String descriptor) {
        code.visitMethodInsn(opcode, owner, name, descriptor, false);
    }
}
