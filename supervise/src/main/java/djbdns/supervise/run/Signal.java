package djbdns.supervise.run;

/** The signals that a supervisor sends, by the numbers that Linux has for them: signal(7). */
enum Signal {
  HUP(1),
  INT(2),
  QUIT(3),
  KILL(9),
  USR1(10),
  USR2(12),
  ALRM(14),
  TERM(15),
  CONT(18),
  STOP(19),
  WINCH(28);

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
