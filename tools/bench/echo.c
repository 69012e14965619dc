/* The floor of the benchmark: sends every datagram back as a response, as fast as the kernel lets
 * one thread do that. Usage: echo ADDRESS PORT */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

enum { BATCH = 64, DATAGRAM_BYTES = 2048 };

static void fail(const char *what) {
  perror(what);
  exit(111);
}

int main(int argc, char **argv) {
  static unsigned char bytes[BATCH][DATAGRAM_BYTES];
  static struct sockaddr_in peers[BATCH];
  static struct iovec parts[BATCH];
  static struct mmsghdr messages[BATCH];
  struct sockaddr_in here = {.sin_family = AF_INET};

  if (argc != 3 || inet_pton(AF_INET, argv[1], &here.sin_addr) != 1) {
    fprintf(stderr, "echo: usage: echo address port\n");
    return 100;
  }
  here.sin_port = htons((unsigned short) atoi(argv[2]));
  int socket_fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (socket_fd < 0 || bind(socket_fd, (struct sockaddr *) &here, sizeof here) < 0) {
    fail("echo: fatal: unable to bind");
  }

  for (;;) {
    for (int i = 0; i < BATCH; i++) {
      parts[i] = (struct iovec){bytes[i], DATAGRAM_BYTES};
      messages[i].msg_hdr = (struct msghdr){
          .msg_name = &peers[i],
          .msg_namelen = sizeof peers[i],
          .msg_iov = &parts[i],
          .msg_iovlen = 1,
      };
    }
    int received = recvmmsg(socket_fd, messages, BATCH, MSG_WAITFORONE, NULL);
    if (received < 0) {
      fail("echo: fatal: unable to receive");
    }
    for (int i = 0; i < received; i++) {
      bytes[i][2] |= 0x80;
      parts[i].iov_len = messages[i].msg_len;
    }
    for (int sent = 0; sent < received;) {
      int count = sendmmsg(socket_fd, messages + sent, (unsigned) (received - sent), 0);
      if (count < 0) {
        fail("echo: fatal: unable to send");
      }
      sent += count;
    }
  }
}
