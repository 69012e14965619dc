/* The client of the benchmark of zone transfers: asks for a zone over TCP and walks through the
 * messages as fast as it can, looking at no more than where the records are and that the first and
 * the last one are the same kind, SOA (RFC 5936, 2.2). Prints records, messages, bytes and seconds.
 * Usage: transfer ADDRESS PORT ZONE */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEADER_BYTES = 12, ID = 4711, SOA = 6, AXFR = 252, BUFFER_BYTES = 1 << 18 };

static unsigned char buffer[BUFFER_BYTES];
static size_t start;
static size_t end;
static unsigned long long records;
static unsigned long long messages;
static unsigned long long bytes;
static int soas;

static void fail(const char *what) {
  fprintf(stderr, "transfer: fatal: %s\n", what);
  exit(111);
}

static void fail_system(const char *what) {
  fprintf(stderr, "transfer: fatal: ");
  perror(what);
  exit(111);
}

static unsigned u16(const unsigned char *p) { return (unsigned) p[0] << 8 | p[1]; }

static int dial(const char *address, const char *port) {
  struct sockaddr_in there = {.sin_family = AF_INET};

  there.sin_port = htons((unsigned short) atoi(port));
  if (inet_pton(AF_INET, address, &there.sin_addr) != 1) {
    fail("unable to parse the address");
  }
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0 || connect(fd, (struct sockaddr *) &there, sizeof there) < 0) {
    fail_system("unable to connect");
  }
  return fd;
}

static void ask(int fd, const char *zone) {
  unsigned char query[2 + HEADER_BYTES + 256 + 4] = {0};
  unsigned char *p = query + 2;

  p[0] = ID >> 8;
  p[1] = ID & 255;
  p[5] = 1;
  p += HEADER_BYTES;
  while (*zone != 0) {
    size_t label = strcspn(zone, ".");
    if (label == 0 || label > 63 || p + label + 6 > query + sizeof query) {
      fail("unable to parse the zone");
    }
    *p++ = (unsigned char) label;
    memcpy(p, zone, label);
    p += label;
    zone += label + (zone[label] == '.');
  }
  p += 2;
  *p = AXFR;
  p += 2;
  *p++ = 1;
  size_t length = (size_t) (p - query);
  query[0] = (unsigned char) ((length - 2) >> 8);
  query[1] = (unsigned char) (length - 2);
  if (write(fd, query, length) != (ssize_t) length) {
    fail_system("unable to write");
  }
}

/* Has that many bytes in the buffer, from start. */
static void fill(int fd, size_t count) {
  if (start == end) {
    start = end = 0;
  } else if (start + count > BUFFER_BYTES) {
    memmove(buffer, buffer + start, end - start);
    end -= start;
    start = 0;
  }
  while (end - start < count) {
    ssize_t got = read(fd, buffer + end, BUFFER_BYTES - end);
    if (got < 0) {
      fail_system("unable to read");
    }
    if (got == 0) {
      fail("the server has closed the connection");
    }
    end += (size_t) got;
  }
}

static const unsigned char *skip(const unsigned char *p, const unsigned char *last, size_t count) {
  if ((size_t) (last - p) < count) {
    fail("a record ends behind its message");
  }
  return p + count;
}

static const unsigned char *skip_name(const unsigned char *p, const unsigned char *last) {
  for (;;) {
    const unsigned char *label = p;
    p = skip(p, last, 1);
    if (*label >= 0xc0) {
      return skip(p, last, 1);
    }
    p = skip(p, last, *label);
    if (*label == 0) {
      return p;
    }
  }
}

static void read_message(const unsigned char *message, size_t length) {
  const unsigned char *p = message;
  const unsigned char *last = message + length;

  p = skip(p, last, HEADER_BYTES);
  if (u16(message) != ID || (message[2] & 0x80) == 0) {
    fail("this is no answer");
  }
  if ((message[3] & 15) != 0) {
    fail("the server refuses");
  }
  for (unsigned i = u16(message + 4); i > 0; i--) {
    p = skip(skip_name(p, last), last, 4);
  }
  for (unsigned i = u16(message + 6); i > 0; i--) {
    if (soas == 2) {
      fail("records behind the last one");
    }
    p = skip_name(p, last);
    const unsigned char *type = p;
    p = skip(p, last, 10);
    p = skip(p, last, u16(type + 8));
    soas += u16(type) == SOA;
    if (records++ == 0 && soas == 0) {
      fail("the first record is no SOA");
    }
  }
  messages++;
}

static double seconds(void) {
  struct timespec now;

  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  if (argc != 4) {
    fprintf(stderr, "transfer: usage: transfer address port zone\n");
    return 100;
  }
  double before = seconds();
  int fd = dial(argv[1], argv[2]);
  ask(fd, argv[3]);
  while (soas < 2) {
    fill(fd, 2);
    size_t length = u16(buffer + start);
    fill(fd, 2 + length);
    read_message(buffer + start + 2, length);
    start += 2 + length;
    bytes += 2 + length;
  }
  printf("%llu %llu %llu %.6f\n", records, messages, bytes, seconds() - before);
  return 0;
}
