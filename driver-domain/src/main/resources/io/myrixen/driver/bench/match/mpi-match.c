/*
 * What one send-receive costs while many others wait. The first of two processes sends to itself,
 * as its input says: lines "drive PATTERN DEPTH NANOSECONDS", each answered by one
 * "driven p50Ns=...", the median time of 64 send-receives. The second one only makes the
 * communicator a general one, and sleeps.
 */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 64, MAX_BATCHES = 1 << 18, MAX_DEPTH = 16384, OWN_TAG = 20000, END_TAG = 30000 };

static long long batches[MAX_BATCHES];
static MPI_Request posted[MAX_DEPTH];
static char source[8], target[8];

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  long long x = *(const long long *)a, y = *(const long long *)b;
  return (x > y) - (x < y);
}

static void post(int from, int tag, MPI_Request *request) {
  MPI_Irecv(target, 8, MPI_BYTE, from, tag, MPI_COMM_WORLD, request);
}

static void send(int tag, MPI_Request *request) {
  MPI_Isend(source, 8, MPI_BYTE, 0, tag, MPI_COMM_WORLD, request);
}

static void exchange(const char *pattern, int depth) {
  static unsigned random = 1;
  MPI_Request pair[2];
  if (!strcmp(pattern, "posted-any")) {
    random = random * 1664525u + 1013904223u;
    int any = (int)((random >> 8) % (unsigned)depth);
    send(any + 1, &pair[0]);
    MPI_Wait(&posted[any], MPI_STATUS_IGNORE);
    MPI_Wait(&pair[0], MPI_STATUS_IGNORE);
    post(0, any + 1, &posted[any]);
    return;
  }
  if (!strcmp(pattern, "unexpected")) {
    send(OWN_TAG, &pair[0]);
    post(0, OWN_TAG, &pair[1]);
  } else {
    post(0, OWN_TAG, &pair[1]);
    send(OWN_TAG, &pair[0]);
  }
  MPI_Waitall(2, pair, MPI_STATUSES_IGNORE);
}

static void drive(const char *pattern, int depth, long long budget) {
  int unexpected = !strcmp(pattern, "unexpected");
  int from = !strcmp(pattern, "wildcard") ? MPI_ANY_SOURCE : 0;
  for (int i = 0; i < depth; i++) {
    if (unexpected) {
      send(i + 1, &posted[i]);
    } else {
      post(from, i + 1, &posted[i]);
    }
  }
  if (unexpected) {
    MPI_Waitall(depth, posted, MPI_STATUSES_IGNORE);
  }
  int count = 0;
  long long begin = now(), start, end;
  do {
    start = now();
    for (int i = 0; i < BATCH; i++) {
      exchange(pattern, depth);
    }
    end = now();
    if (start - begin >= budget / 10) {
      batches[count++] = end - start;
    }
  } while (count == 0 || (start - begin < budget && count < MAX_BATCHES));
  for (int i = 0; i < depth; i++) {
    if (unexpected) {
      post(0, i + 1, &posted[i]);
    } else {
      MPI_Cancel(&posted[i]);
    }
    MPI_Wait(&posted[i], MPI_STATUS_IGNORE);
  }
  qsort(batches, (size_t)count, sizeof batches[0], ascending);
  printf("driven p50Ns=%lld samples=%d\n", batches[count / 2], count);
  fflush(stdout);
}

static void say_version(void) {
  char version[MPI_MAX_LIBRARY_VERSION_STRING];
  int length;
  MPI_Get_library_version(version, &length);
  for (char *c = version; *c; c++) {
    if (*c == ',' || *c == '\n') {
      *c = 0;
      break;
    }
    if (*c == ' ' || *c == '\t' || *c == '%' || *c == '=') {
      *c = '+';
    }
  }
  printf("ready version=%s\n", version);
  fflush(stdout);
}

int main(int argc, char **argv) {
  int rank, over = 0;
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  if (rank == 0) {
    char line[128], pattern[32];
    int depth;
    long long budget;
    say_version();
    while (fgets(line, sizeof line, stdin)) {
      if (sscanf(line, "drive %31s %d %lld", pattern, &depth, &budget) != 3 || depth < 1 || depth > MAX_DEPTH) {
        MPI_Abort(MPI_COMM_WORLD, 2);
      }
      drive(pattern, depth, budget);
    }
    MPI_Send(source, 0, MPI_BYTE, 1, END_TAG, MPI_COMM_WORLD);
  } else {
    while (!over) {
      usleep(20000);
      MPI_Iprobe(0, END_TAG, MPI_COMM_WORLD, &over, MPI_STATUS_IGNORE);
    }
    MPI_Recv(target, 0, MPI_BYTE, 0, END_TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  }
  MPI_Finalize();
  return 0;
}
