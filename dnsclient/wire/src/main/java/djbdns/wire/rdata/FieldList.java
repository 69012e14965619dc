package djbdns.wire.rdata;

import java.util.List;

/** A form that is one field after the other. */
record FieldList(List<Field> fields) implements Form {
  @Override
  public <E extends Exception> void copy(RdataSource<E> in, RdataSink out) throws E {
    for (Field field : fields) {
      field.copy(in, out);
    }
  }
}
