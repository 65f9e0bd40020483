package dev.segue.server.plugins;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Rewrites the calls by which a class would end the JVM, method references included, into calls of
 * {@link ExitRefusal}. Without a security manager nothing else keeps them from working.
 */
final class ExitCalls {

  private static final String REFUSAL = ExitRefusal.class.getName().replace('.', '/');
  private static final String SYSTEM = "java/lang/System";
  private static final String RUNTIME = "java/lang/Runtime";
  private static final String STATUS = "(I)V";
  private static final String RUNTIME_AND_STATUS = "(Ljava/lang/Runtime;I)V";

  private ExitCalls() {}

  /**
   * Rewrites a class.
   *
   * @return the new bytes, or empty if the class has no such call
   */
  static Optional<byte[]> rewrite(byte[] type) {
    if (!names(type, "exit") && !names(type, "halt")) {
      return Optional.empty();
    }
    ClassReader reader = new ClassReader(type);
    ClassWriter writer = new ClassWriter(reader, 0);
    Rewriter rewriter = new Rewriter(writer);
    reader.accept(rewriter, 0);
    return rewriter.found ? Optional.of(writer.toByteArray()) : Optional.empty();
  }

  /** Whether the text stands among the class's constants; few classes have such a one. */
  private static boolean names(byte[] type, String text) {
    byte[] constant = text.getBytes(StandardCharsets.US_ASCII);
    int end = type.length - constant.length;
    for (int at = 3; at <= end; at++) {
      if (type[at - 1] == constant.length
          && type[at - 2] == 0
          && type[at - 3] == 1
          && matches(type, at, constant)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] type, int at, byte[] text) {
    for (int i = 0; i < text.length; i++) {
      if (type[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean ends(String owner, String name, String descriptor) {
    return descriptor.equals(STATUS)
        && (owner.equals(SYSTEM) ? name.equals("exit") : isOfRuntime(owner, name));
  }

  private static boolean isOfRuntime(String owner, String name) {
    return owner.equals(RUNTIME) && (name.equals("exit") || name.equals("halt"));
  }

  private static String descriptor(String owner) {
    return owner.equals(SYSTEM) ? STATUS : RUNTIME_AND_STATUS;
  }

  private static final class Rewriter extends ClassVisitor {

    private boolean found;

    Rewriter(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new MethodVisitor(Opcodes.ASM9, next) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String called, String type, boolean isInterface) {
          if (ends(owner, called, type)) {
            found = true;
            super.visitMethodInsn(Opcodes.INVOKESTATIC, REFUSAL, called, descriptor(owner), false);
          } else {
            super.visitMethodInsn(opcode, owner, called, type, isInterface);
          }
        }

        @Override
        public void visitInvokeDynamicInsn(
            String called, String type, Handle bootstrap, Object... arguments) {
          Object[] replaced = arguments.clone();
          for (int i = 0; i < replaced.length; i++) {
            replaced[i] = constant(replaced[i]);
          }
          super.visitInvokeDynamicInsn(called, type, bootstrap, replaced);
        }

        @Override
        public void visitLdcInsn(Object value) {
          super.visitLdcInsn(constant(value));
        }
      };
    }

    private Object constant(Object value) {
      if (value instanceof Handle handle
          && ends(handle.getOwner(), handle.getName(), handle.getDesc())) {
        found = true;
        return new Handle(
            Opcodes.H_INVOKESTATIC,
            REFUSAL,
            handle.getName(),
            descriptor(handle.getOwner()),
            false);
      }
      if (value instanceof ConstantDynamic dynamic) {
        return dynamic(dynamic);
      }
      return value;
    }

    private ConstantDynamic dynamic(ConstantDynamic constant) {
      Object[] arguments = new Object[constant.getBootstrapMethodArgumentCount()];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = constant(constant.getBootstrapMethodArgument(i));
      }
      return new ConstantDynamic(
          constant.getName(), constant.getDescriptor(), constant.getBootstrapMethod(), arguments);
    }
  }
}
