package dev.sluice.war.loading;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Turns the calls with which a class would end the process into an exception: {@code System.exit}, {@code Runtime.exit} and
 * {@code Runtime.halt}, called or referred to. What is called by reflection stays as it is. Immutable.
 */
final class ExitCalls {
    private static final String SYSTEM = "java/lang/System";
    private static final String RUNTIME = "java/lang/Runtime";
    private static final String STATUS = "(I)V";
    private static final String RUNTIME_STATUS = "(Ljava/lang/Runtime;I)V";
    private static final String REFUSE = "$refuseExit";

    private final String application;

    ExitCalls(String application) {
        this.application = application;
    }

    /** Whether the class file has the names of such a call somewhere; most have not. */
    static boolean mayBeIn(byte[] classFile) {
        String text = new String(classFile, StandardCharsets.ISO_8859_1);
        return (text.contains("exit") || text.contains("halt")) && (text.contains(SYSTEM) || text.contains(RUNTIME));
    }

    /**
     * The class file with the calls turned.
     *
     * @return null if there is no such call
     * @throws ClassFormatError if the file is none that can be read
     */
    byte @Nullable [] refused(String className, byte[] classFile) {
        try {
            ClassReader reader = new ClassReader(classFile);
            ClassWriter writer = new ClassWriter(reader, 0);
            Rewriting rewriting = new Rewriting(writer);
            reader.accept(rewriting, 0);
            return rewriting.found ? writer.toByteArray() : null;
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            ClassFormatError unreadable = new ClassFormatError("the class " + className + " of " + application
                    + " cannot be searched for System.exit (" + e
                    + "); it is too new or damaged (expected: a class file of a released"
                    + " JDK, or exit: drain)");
            unreadable.initCause(e);
            throw unreadable;
        }
    }

    private static boolean exits(String owner, String name, String descriptor) {
        return descriptor.equals(STATUS)
                && (owner.equals(SYSTEM) && name.equals("exit")
                        || owner.equals(RUNTIME) && (name.equals("exit") || name.equals("halt")));
    }

    /** What stands in place of the call takes the same from the stack, so frames stay as they are. */
    private static String replacing(String owner) {
        return owner.equals(SYSTEM) ? STATUS : RUNTIME_STATUS;
    }

    private final class Rewriting extends ClassVisitor {
        private String type = "";
        private boolean inInterface;
        private boolean found;

        Rewriting(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            type = name;
            inInterface = (access & Opcodes.ACC_INTERFACE) != 0;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String called, String parameters, boolean ofInterface) {
                    if (exits(owner, called, parameters)) {
                        found = true;
                        super.visitMethodInsn(Opcodes.INVOKESTATIC, type, REFUSE, replacing(owner), inInterface);
                    } else {
                        super.visitMethodInsn(opcode, owner, called, parameters, ofInterface);
                    }
                }

                @Override
                public void visitInvokeDynamicInsn(
                        String called, String parameters, Handle bootstrap, Object... arguments) {
                    Object[] turned = arguments.clone();
                    for (int i = 0; i < turned.length; i++) {
                        turned[i] = turned(turned[i]);
                    }
                    super.visitInvokeDynamicInsn(called, parameters, bootstrap, turned);
                }

                @Override
                public void visitLdcInsn(Object value) {
                    super.visitLdcInsn(turned(value));
                }
            };
        }

        private Object turned(Object constant) {
            if (constant instanceof Handle handle && exits(handle.getOwner(), handle.getName(), handle.getDesc())) {
                found = true;
                return new Handle(Opcodes.H_INVOKESTATIC, type, REFUSE, replacing(handle.getOwner()), inInterface);
            }
            return constant;
        }

        @Override
        public void visitEnd() {
            if (found) {
                refuse(STATUS, 0);
                refuse(RUNTIME_STATUS, 1);
            }
            super.visitEnd();
        }

        private void refuse(String descriptor, int status) {
            MethodVisitor method = super.visitMethod(
                    Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, REFUSE, descriptor, null, null);
            method.visitCode();
            method.visitTypeInsn(Opcodes.NEW, "java/lang/SecurityException");
            method.visitInsn(Opcodes.DUP);
            method.visitLdcInsn("the application " + application + " may not end the process with status ");
            method.visitVarInsn(Opcodes.ILOAD, status);
            call(method, "java/lang/String", "valueOf", "(I)Ljava/lang/String;", Opcodes.INVOKESTATIC);
            concatenate(method);
            method.visitLdcInsn(" (exit: refuse; expected: an application leaves the process to the container)");
            concatenate(method);
            call(method, "java/lang/SecurityException", "<init>", "(Ljava/lang/String;)V", Opcodes.INVOKESPECIAL);
            method.visitInsn(Opcodes.ATHROW);
            method.visitMaxs(4, 2);
            method.visitEnd();
        }

        private static void concatenate(MethodVisitor method) {
            call(method, "java/lang/String", "concat", "(Ljava/lang/String;)Ljava/lang/String;", Opcodes.INVOKEVIRTUAL);
        }

        private static void call(MethodVisitor method, String owner, String name, String descriptor, int opcode) {
            method.visitMethodInsn(opcode, owner, name, descriptor, false);
        }
    }
}
