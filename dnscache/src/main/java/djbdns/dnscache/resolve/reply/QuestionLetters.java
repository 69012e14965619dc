package djbdns.dnscache.resolve.reply;

import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.NameBytes;
import java.util.Arrays;

/**
 * Gives names that a server made from our question the letters back that they had before we drew
 * others at random (0x20). A server that makes an alias for any name puts the labels of the
 * question into its target: all of them or the first ones, at its start or behind labels of its
 * own. So where a name has the question's first label, exactly as it was sent, that label and those
 * behind it that go on with the question are copies, and so are the labels at the end of both.
 *
 * <p>Labels of the server's own look like ours now and then, the shorter the more often. Then a
 * letter of theirs changes its case, which no name is told apart by (RFC 4343). Belongs to one
 * thread and is meant to be reused; the work is in proportion to the length of the names.
 */
final class QuestionLetters {
  private final byte[] sent = new byte[Limits.NAME_BYTES];
  private final byte[] asked = new byte[Limits.NAME_BYTES];
  private final int[] sentLabels = new int[Limits.NAME_LABELS + 1];
  private final int[] labels = new int[Limits.NAME_LABELS + 1];
  private int sentCount;

  /** From now on there is nothing to restore. */
  void forget() {
    sentCount = 0;
  }

  /**
   * Restores the letters of a question from now on.
   *
   * @param sentName as the server has seen it
   * @param name as it is to be
   */
  void learn(byte[] sentName, int length, Name name) {
    name.copyTo(asked, 0);
    if (Arrays.equals(sentName, 0, length, asked, 0, length)) {
      forget();
      return;
    }
    System.arraycopy(sentName, 0, sent, 0, length);
    sentCount = labels(sent, 0, sentLabels);
  }

  /** Finds where the labels of a name are; returns how many, the root label not among them. */
  private static int labels(byte[] name, int offset, int[] target) {
    int count = 0;
    int at = offset;
    for (; name[at] != 0; at += 1 + name[at]) {
      target[count++] = at;
    }
    target[count] = at;
    return count;
  }

  /** Restores the letters of a name where it is; returns where it ends. */
  int restore(byte[] name, int offset) {
    if (sentCount == 0) {
      return offset + NameBytes.length(name, offset);
    }
    int count = labels(name, offset, labels);
    int label = 0;
    while (label < count) {
      int copied = 0;
      while (label < count && copied < sentCount && restoreLabel(name, labels[label], copied)) {
        label++;
        copied++;
      }
      label += copied == 0 ? 1 : 0;
    }
    int fromEnd = 1;
    while (fromEnd <= Math.min(count, sentCount)
        && restoreLabel(name, labels[count - fromEnd], sentCount - fromEnd)) {
      fromEnd++;
    }
    return labels[count] + 1;
  }

  /** True if a label of a name was one of the question's as it was sent; it is as asked then. */
  private boolean restoreLabel(byte[] name, int at, int copied) {
    int start = sentLabels[copied];
    int end = start + 1 + sent[start];
    for (int i = start; i < end; i++) {
      if (name[at + i - start] != sent[i]) {
        return false;
      }
    }
    System.arraycopy(asked, start, name, at, end - start);
    return true;
  }
}
