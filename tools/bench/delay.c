/* A DNS server over UDP that answers every query with one record of the type and name asked for,
 * after a delay. Usage: delay address milliseconds */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEADER = 12, PACKET = 600, WAITING = 65536 };

struct reply {
  double due;
  struct sockaddr_in to;
  int length;
  unsigned char packet[PACKET];
};

static struct reply queue[WAITING];

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

/* Turns the query in the packet into its answer and returns the length, or 0 if it is none. */
static int answer(unsigned char *packet, int length) {
  static const unsigned char start[] = {0xc0, HEADER};
  static const unsigned char ipv4[] = {0, 4, 192, 0, 2, 1};
  static const unsigned char name[] = {0, 2, 0xc0, HEADER};
  int end = HEADER;
  int type;
  while (end < length && packet[end])
    end += packet[end] + 1;
  end += 5;
  if (end > length || end > 512)
    return 0;
  type = packet[end - 4] << 8 | packet[end - 3];
  packet[2] = (packet[2] & 1) | 0x80;
  packet[3] = 0x80;
  memset(packet + 6, 0, 6);
  if (type != 1 && type != 12)
    return end;
  packet[7] = 1;
  memcpy(packet + end, start, 2);
  memcpy(packet + end + 2, packet + end - 4, 4);
  memcpy(packet + end + 6, "\0\0\16\20", 4);
  if (type == 1) {
    memcpy(packet + end + 10, ipv4, 6);
    return end + 16;
  }
  memcpy(packet + end + 10, name, 4);
  return end + 14;
}

int main(int argc, char **argv) {
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(53)};
  int udp = socket(AF_INET, SOCK_DGRAM, 0);
  int size = 1 << 22;
  unsigned first = 0, last = 0;
  double delay;
  if (argc != 3 || inet_pton(AF_INET, argv[1], &here.sin_addr) != 1) {
    fprintf(stderr, "delay: usage: delay address milliseconds\n");
    return 100;
  }
  delay = atof(argv[2]);
  setsockopt(udp, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  if (bind(udp, (struct sockaddr *)&here, sizeof here) != 0) {
    perror("delay: fatal: unable to bind");
    return 111;
  }
  for (;;) {
    struct pollfd fd = {.fd = udp, .events = POLLIN};
    double left = first == last ? 1e6 : queue[first % WAITING].due - now();
    struct timespec wait = {.tv_nsec = 0};
    if (left > 0) {
      wait.tv_sec = (long)(left / 1e3);
      wait.tv_nsec = (long)((left - wait.tv_sec * 1e3) * 1e6);
    }
    if (ppoll(&fd, 1, &wait, NULL) > 0) {
      struct reply *reply = &queue[last % WAITING];
      socklen_t length = sizeof reply->to;
      int got = recvfrom(udp, reply->packet, 512, 0, (struct sockaddr *)&reply->to, &length);
      reply->due = now() + delay;
      reply->length = got < HEADER ? 0 : answer(reply->packet, got);
      if (reply->length > 0 && last - first < WAITING - 1)
        last++;
    }
    while (first != last && queue[first % WAITING].due <= now()) {
      struct reply *reply = &queue[first++ % WAITING];
      sendto(udp, reply->packet, reply->length, 0, (struct sockaddr *)&reply->to, sizeof reply->to);
    }
  }
}
