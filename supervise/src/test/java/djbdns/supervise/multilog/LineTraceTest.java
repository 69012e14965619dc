package djbdns.supervise.multilog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.supervise.multilog.LineTrace.Place;
import org.junit.jupiter.api.Test;

final class LineTraceTest {
  @Test
  void shouldTellWhichLineAPositionIsIn() {
    LineTrace trace = new LineTrace();
    trace.begin(3, 100);
    trace.begin(7, 120);
    assertEquals(new Place(3, 0), trace.find(100, true));
    assertEquals(new Place(3, 5), trace.find(105, false));
    assertEquals(new Place(7, 0), trace.find(120, true));
    assertEquals(new Place(7, 1), trace.find(121, false));
    assertEquals(new Place(8, 0), trace.find(150, true));
  }

  @Test
  void shouldStayWhereItIsBeforeAnyLine() {
    LineTrace trace = new LineTrace();
    assertEquals(Place.START, trace.find(5, true));
    trace.clear(new Place(4, 2));
    assertEquals(new Place(4, 2), trace.find(5, true));
    trace.begin(4, 3);
    assertEquals(new Place(4, 2), trace.find(5, false));
  }

  @Test
  void shouldRememberAsManyLinesAsABufferHolds() {
    LineTrace trace = new LineTrace();
    for (int i = 0; i < 5000; i++) {
      trace.begin(i, i);
    }
    assertEquals(new Place(4500, 0), trace.find(4500, true));
  }
}
