// Bare cblas_sgemm on 1024³, both threads OpenBLAS', as a line `name <tab> seconds`. The kernels are chosen as the
// library chooses them, or the comparison would be with those of 2004.
#include "CVectorMath.h"
#include <cblas.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(void) {
  lectern_choose_blas_core();
  enum { N = 1024, RUNS = 21 };
  float *a = malloc(sizeof(float) * N * N), *b = malloc(sizeof(float) * N * N), *c = malloc(sizeof(float) * N * N);
  for (int i = 0; i < N * N; i++) a[i] = (float)(i % 7) - 3, b[i] = (float)(i % 5) - 2, c[i] = 0;
  double times[RUNS];
  for (int run = -2; run < RUNS; run++) {
    double start = now();
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, N, N, N, 1, a, N, b, N, 0, c, N);
    if (run >= 0) times[run] = now() - start;
  }
  qsort(times, RUNS, sizeof(double), ascending);
  printf("matmul 1024\t%.9f\n", times[RUNS / 2]);
}
