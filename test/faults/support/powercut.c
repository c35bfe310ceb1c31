/* A power cut in small: of a file only what fsync or fdatasync has covered survives. After each of them the file is
   copied to FILE.durable, at once and whole; the test kills the program and puts the copies in the place of the files.
   For files in POWERCUT_DIR alone. Built and loaded by power.ts: cc -shared -fPIC -O2 -o powercut.so powercut.c -ldl */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Copies what FD holds now. A copy that fails says so: the test must not take it for a loss. */
static void keep(int fd) {
  const char *folder = getenv("POWERCUT_DIR");
  char link[64], path[PATH_MAX], copy[PATH_MAX + 16], unfinished[PATH_MAX + 16], buffer[65536];
  struct stat facts;
  if (!folder) return;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return;
  path[length] = 0;
  if (strncmp(path, folder, strlen(folder)) != 0 || fstat(fd, &facts) != 0 || !S_ISREG(facts.st_mode)) return;
  snprintf(copy, sizeof copy, "%s.durable", path);
  snprintf(unfinished, sizeof unfinished, "%s.durable.new", path);
  int to = open(unfinished, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (to < 0) abort();
  off_t at = 0;
  for (ssize_t read; (read = pread(fd, buffer, sizeof buffer, at)) > 0; at += read)
    if (write(to, buffer, read) != read) abort();
  if (close(to) != 0 || rename(unfinished, copy) != 0) abort();
}

int fsync(int fd) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  int result = real(fd);
  if (result == 0) keep(fd);
  return result;
}

int fdatasync(int fd) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  int result = real(fd);
  if (result == 0) keep(fd);
  return result;
}
