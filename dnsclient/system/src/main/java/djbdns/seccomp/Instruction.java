package djbdns.seccomp;

import java.nio.ByteBuffer;

/**
 * An instruction of classic BPF as {@code struct sock_filter} has it (linux/filter.h), of those
 * that a filter of system calls needs.
 *
 * @param code what it does
 * @param jumpIfTrue how many instructions a comparison that holds skips, 0 to 255
 * @param jumpIfFalse the same for one that does not hold
 * @param operand what is loaded from, compared with, or returned
 */
record Instruction(int code, int jumpIfTrue, int jumpIfFalse, int operand) {
  static final int BYTES = 8;

  static final int LOAD_WORD = 0x20;
  static final int JUMP_IF_EQUAL = 0x15;
  static final int JUMP_IF_NOT_BELOW = 0x35;
  static final int JUMP_IF_ANY_BIT = 0x45;
  static final int RETURN = 0x06;

  private static final int MAX_JUMP = 255;
  private static final int ALLOW = 0x7fff0000;
  private static final int FAIL = 0x00050000;

  Instruction {
    if (jumpIfTrue < 0 || jumpIfTrue > MAX_JUMP || jumpIfFalse < 0 || jumpIfFalse > MAX_JUMP) {
      throw new IllegalArgumentException("jump of " + jumpIfTrue + " or " + jumpIfFalse);
    }
  }

  /** Loads a word of {@code struct seccomp_data} (linux/seccomp.h). */
  static Instruction load(int offset) {
    return new Instruction(LOAD_WORD, 0, 0, offset);
  }

  /** Goes on with the next instruction if the loaded word is this, else skips some. */
  static Instruction unlessEqualSkip(int operand, int skipped) {
    return new Instruction(JUMP_IF_EQUAL, 0, skipped, operand);
  }

  /** Skips instructions if the loaded word is this. */
  static Instruction ifEqualSkip(int operand, int skipped) {
    return new Instruction(JUMP_IF_EQUAL, skipped, 0, operand);
  }

  /** Skips instructions if the loaded word, without a sign, is this or more. */
  static Instruction ifNotBelowSkip(int operand, int skipped) {
    return new Instruction(JUMP_IF_NOT_BELOW, skipped, 0, operand);
  }

  /**
   * Goes on with the next instruction if the loaded word has one of these bits, else skips some.
   */
  static Instruction unlessAnyBitSkip(int bits, int skipped) {
    return new Instruction(JUMP_IF_ANY_BIT, 0, skipped, bits);
  }

  /** Lets the system call be made. */
  static Instruction allow() {
    return new Instruction(RETURN, 0, 0, ALLOW);
  }

  /** Lets the system call fail. */
  static Instruction fail(int errno) {
    return new Instruction(RETURN, 0, 0, FAIL | errno);
  }

  void write(ByteBuffer out) {
    out.putShort((short) code);
    out.put((byte) jumpIfTrue);
    out.put((byte) jumpIfFalse);
    out.putInt(operand);
  }
}
