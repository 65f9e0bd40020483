package dev.segue.plugins.posfiles.layout;

import java.nio.charset.StandardCharsets;

/**
 * Counts the lines of each order of a file that doesn't number them, in whatever order they come.
 *
 * <p>Keeps 12 bytes per order at a load of one half, so a file with a million orders takes 24 MB,
 * one whose orders count a hundred thousand takes 3 MB. Orders are told apart by 64 bits of hash;
 * should two ever meet, their lines share one count and stay distinct. Not thread-safe.
 */
final class LineCounters {

  private long[] keys = new long[1 << 10];
  private int[] counts = new int[1 << 10];
  private int used;

  /** The number of the next line of an order, from 1. */
  int next(String order) {
    if (used * 2 > keys.length) {
      grow();
    }
    long key = hash(order);
    int slot = slot(keys, counts, key);
    if (counts[slot] == 0) {
      keys[slot] = key;
      used++;
    }
    return ++counts[slot];
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldCounts = counts;
    keys = new long[oldKeys.length * 2];
    counts = new int[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldCounts[i] > 0) {
        int slot = slot(keys, counts, oldKeys[i]);
        keys[slot] = oldKeys[i];
        counts[slot] = oldCounts[i];
      }
    }
  }

  private static int slot(long[] keys, int[] counts, long key) {
    int mask = keys.length - 1;
    int slot = (int) (key ^ (key >>> 32)) & mask;
    while (counts[slot] > 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** FNV-1a with a final mix. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    return hash ^ (hash >>> 33);
  }
}
