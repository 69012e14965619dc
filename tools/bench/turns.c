/* Runs commands in turns and prints for each run "NAME milliseconds milliseconds-of-CPU".
 * Usage: turns rounds <list   A line of the list is NAME INPUT WORD...; a run's output is lost.
 * A run that does not exit with 0 ends it all. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COMMANDS = 64, WORDS = 64 };

static char *commands[COMMANDS][WORDS + 1];

static double ms(struct timeval t) { return t.tv_sec * 1e3 + t.tv_usec / 1e3; }

static void run(char **words) {
  struct timespec begin, end;
  struct rusage used;
  int status;
  pid_t pid;
  clock_gettime(CLOCK_MONOTONIC, &begin);
  pid = vfork();
  if (pid == 0) {
    int in = open(words[1], O_RDONLY);
    int out = open("/dev/null", O_WRONLY);
    dup2(in, 0);
    dup2(out, 1);
    execvp(words[2], words + 2);
    _exit(127);
  }
  if (pid < 0 || wait4(pid, &status, 0, &used) != pid || status != 0) {
    fprintf(stderr, "turns: fatal: %s has failed\n", words[0]);
    exit(111);
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  printf("%s %.3f %.3f\n", words[0],
         (end.tv_sec - begin.tv_sec) * 1e3 + (end.tv_nsec - begin.tv_nsec) / 1e6,
         ms(used.ru_utime) + ms(used.ru_stime));
}

int main(int argc, char **argv) {
  static char line[16384];
  int count = 0;
  int rounds = argc == 2 ? atoi(argv[1]) : 0;
  while (count < COMMANDS && fgets(line, sizeof line, stdin)) {
    int words = 0;
    for (char *word = strtok(line, " \n"); word && words < WORDS; word = strtok(NULL, " \n"))
      commands[count][words++] = strdup(word);
    count += words > 2;
  }
  for (int round = 0; round < rounds; round++)
    for (int i = 0; i < count; i++)
      run(commands[i]);
  return 0;
}
