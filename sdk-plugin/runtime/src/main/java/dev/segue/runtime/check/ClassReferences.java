package dev.segue.runtime.check;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What one class file names, by its constant pool.
 *
 * @param java the version of Java it is for, such as 21
 * @param classes binary names of the classes that it names, its own among them
 * @param methods methods that it calls, such as {@code java.lang.System.exit}
 */
record ClassReferences(int java, Set<String> classes, Set<String> methods) {

  private static final int MAGIC = 0xCAFEBABE;

  /** The class-file version of Java N is N plus this. */
  private static final int JAVA_OFFSET = 44;

  /**
   * Reads a class file.
   *
   * @throws IOException if it is none
   */
  static ClassReferences of(byte[] file) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file))) {
      if (in.readInt() != MAGIC) {
        throw new IOException("no class file");
      }
      in.readUnsignedShort();
      int java = in.readUnsignedShort() - JAVA_OFFSET;
      return new Pool(in).references(java);
    }
  }

  /** The constant pool: texts, and pairs of indexes into it, by their index. */
  private static final class Pool {

    private final String[] texts;
    private final int[] kinds;
    private final int[] first;
    private final int[] second;

    Pool(DataInputStream in) throws IOException {
      int size = in.readUnsignedShort();
      texts = new String[size];
      kinds = new int[size];
      first = new int[size];
      second = new int[size];
      for (int i = 1; i < size; i++) {
        kinds[i] = in.readUnsignedByte();
        switch (kinds[i]) {
          case 1 -> texts[i] = in.readUTF();
          case 3, 4 -> in.skipNBytes(4);
          case 5, 6 -> {
            in.skipNBytes(8);
            // These take two places.
            i++;
          }
          case 7, 8, 16, 19, 20 -> first[i] = in.readUnsignedShort();
          case 9, 10, 11, 12, 17, 18 -> {
            first[i] = in.readUnsignedShort();
            second[i] = in.readUnsignedShort();
          }
          case 15 -> in.skipNBytes(3);
          default -> throw new IOException("no constant of the kind " + kinds[i]);
        }
      }
    }

    ClassReferences references(int java) {
      Set<String> classes = new LinkedHashSet<>();
      Set<String> methods = new LinkedHashSet<>();
      for (int i = 1; i < kinds.length; i++) {
        if (kinds[i] == 7) {
          addClass(texts[first[i]], classes);
        } else if (kinds[i] == 10 || kinds[i] == 11) {
          String owner = texts[first[first[i]]].replace('/', '.');
          methods.add(owner + "." + texts[first[second[i]]]);
        }
      }
      return new ClassReferences(java, classes, methods);
    }

    /** An array's class is written as {@code [Lname;}, or {@code [I} for a primitive's. */
    private static void addClass(String name, Set<String> classes) {
      String element = name.replaceFirst("^\\[+L?", "").replaceFirst(";$", "");
      boolean primitive = name.startsWith("[") && !name.endsWith(";");
      if (!primitive) {
        classes.add(element.replace('/', '.'));
      }
    }
  }
}
