package dev.sluice.war.loading;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Turns the calls with which a class would end the process into an exception: {@code System.exit}, {@code Runtime.exit} and
 * {@code Runtime.halt}, called, referred to, or given to the class's own calls of {@code Method.invoke}. Method handles that are looked up
 * while it runs, and reflection by others in its name, stay as they are. Immutable.
 */
final class ExitCalls {
    private static final String SYSTEM = "java/lang/System";
    private static final String RUNTIME = "java/lang/Runtime";
    private static final String STATUS = "(I)V";
    private static final String RUNTIME_STATUS = "(Ljava/lang/Runtime;I)V";
    private static final String METHOD = "java/lang/reflect/Method";
    private static final String INVOCATION = "(Ljava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;";
    private static final String METHOD_INVOCATION = "(L" + METHOD + ";" + INVOCATION.substring(1);

    private final String application;

    ExitCalls(String application) {
        this.application = application;
    }

    /** Whether the class file has the names of such a call somewhere; most have not. */
    static boolean mayBeIn(byte[] classFile) {
        String text = new String(classFile, StandardCharsets.ISO_8859_1);
        return (text.contains("exit") || text.contains("halt")) && (text.contains(SYSTEM) || text.contains(RUNTIME))
                || text.contains(METHOD) && text.contains("invoke");
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
            return !rewriting.needed.isEmpty() ? writer.toByteArray() : null;
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            ClassFormatError unreadable = new ClassFormatError("the class " + className + " of " + application
                    + " cannot be searched for System.exit (" + e
                    + "); it is too new or damaged (expected: a class file of a released"
                    + " JDK, or exit: drain)");
            unreadable.initCause(e);
            throw unreadable;
        }
    }

    /**
     * The descriptor of the method that stands in place of the called one and takes the same from the stack, so that frames stay as they
     * are; null if the call stays.
     */
    private static @Nullable String replacing(String owner, String name, String descriptor) {
        if (owner.equals(METHOD) && name.equals("invoke") && descriptor.equals(INVOCATION)) {
            return METHOD_INVOCATION;
        }
        if (!descriptor.equals(STATUS)) {
            return null;
        }
        if (owner.equals(SYSTEM) && name.equals("exit")) {
            return STATUS;
        }
        return owner.equals(RUNTIME) && (name.equals("exit") || name.equals("halt")) ? RUNTIME_STATUS : null;
    }

    private final class Rewriting extends ClassVisitor {
        private String type = "";
        private boolean inInterface;
        private final Set<String> needed = new LinkedHashSet<>();
        private int version;

        Rewriting(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visit(
                int classVersion,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            type = name;
            version = classVersion & 0xFFFF;
            inInterface = (access & Opcodes.ACC_INTERFACE) != 0;
            super.visit(classVersion, access, name, signature, superName, interfaces);
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
                    String other = replacing(owner, called, parameters);
                    if (other == null) {
                        super.visitMethodInsn(opcode, owner, called, parameters, ofInterface);
                    } else {
                        needed.add(other);
                        super.visitMethodInsn(Opcodes.INVOKESTATIC, type, RefusedExit.NAME, other, inInterface);
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
            String other = constant instanceof Handle handle
                    ? replacing(handle.getOwner(), handle.getName(), handle.getDesc())
                    : null;
            if (other == null) {
                return constant;
            }
            needed.add(other);
            return new Handle(Opcodes.H_INVOKESTATIC, type, RefusedExit.NAME, other, inInterface);
        }

        @Override
        public void visitEnd() {
            for (String descriptor : needed) {
                RefusedExit refused = new RefusedExit(cv, application, descriptor);
                switch (descriptor) {
                    case STATUS -> refused.withStatusIn(0);
                    case RUNTIME_STATUS -> refused.withStatusIn(1);
                    default -> refused.ifInvoked(version);
                }
            }
            super.visitEnd();
        }
    }
}
