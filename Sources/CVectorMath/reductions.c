#include "CVectorMath.h"
#include "functions.h"
#include "targets.h"

// Sums may be taken in any order here, and only here: elsewhere that would undo what keeps exp and log exact.
#pragma clang fp reassociate(on)

// Sums run in single precision over blocks, whose totals are added in double precision: as exact as pairwise summation.
enum { BLOCK = 1024 };

#define BLOCKED_SUM(EXPRESSION)                  \
  double total = 0;                              \
  for (long start = 0; start < n; start += BLOCK) { \
    long end = start + BLOCK < n ? start + BLOCK : n; \
    float part = 0;                              \
    for (long i = start; i < end; i++) part += (EXPRESSION); \
    total += part;                               \
  }                                              \
  return (float)total;

MANY_TARGETS float vector_sum(const float *x, long n) { BLOCKED_SUM(x[i]) }
MANY_TARGETS float vector_dot(const float *x, const float *y, long n) { BLOCKED_SUM(x[i] * y[i]) }
MANY_TARGETS float vector_squared_deviations(const float *x, float mean, long n) {
  BLOCKED_SUM((x[i] - mean) * (x[i] - mean))
}

/// The largest or smallest of the values; "not a number" if any of them is.
#define EXTREME(NAME, OPERATOR)                                    \
  VIA(float, NAME, (const float *x, long n), (x, n)) {              \
    float best = x[0];                                             \
    int invalid = 0;                                               \
    for (long i = 0; i < n; i++) {                                 \
      best = x[i] OPERATOR best ? x[i] : best;                     \
      invalid |= x[i] != x[i];                                     \
    }                                                              \
    return invalid ? NAN : best;                                   \
  }

EXTREME(vector_max, >)
EXTREME(vector_min, <)

MANY_TARGETS void vector_sum_rows(const float *restrict x, long rows, long columns, float *restrict y) {
  for (long i = 0; i < rows; i++) {
    const float *row = x + i * columns;
    for (long j = 0; j < columns; j++) y[j] += row[j];
  }
}

// The same arithmetic for every row; x and y may be the same memory.
VIA(void, softmax_rows, (const float *x, float *y, long rows, long columns), (x, y, rows, columns)) {
  for (long r = 0; r < rows; r++, x += columns, y += columns) {
    float best = x[0];
    for (long j = 1; j < columns; j++) best = x[j] > best ? x[j] : best;
    float total = 0;
    for (long j = 0; j < columns; j++) {
      float e = fast_exp(x[j] - best);
      y[j] = e;
      total += e;
    }
    float inverse = 1.0f / total;
    for (long j = 0; j < columns; j++) y[j] *= inverse;
  }
}

VIA(void, log_softmax_rows, (const float *x, float *y, long rows, long columns), (x, y, rows, columns)) {
  for (long r = 0; r < rows; r++, x += columns, y += columns) {
    float best = x[0];
    for (long j = 1; j < columns; j++) best = x[j] > best ? x[j] : best;
    float total = 0;
    for (long j = 0; j < columns; j++) total += fast_exp(x[j] - best);
    float shift = best + logf(total);
    for (long j = 0; j < columns; j++) y[j] = x[j] - shift;
  }
}

VIA(
    void, softmax_rows_backward,
    (const float *restrict g, const float *restrict y, float *restrict dx, long rows, long columns),
    (g, y, dx, rows, columns)) {
  for (long r = 0; r < rows; r++, g += columns, y += columns, dx += columns) {
    float inner = 0;
    for (long j = 0; j < columns; j++) inner += g[j] * y[j];
    for (long j = 0; j < columns; j++) dx[j] = y[j] * (g[j] - inner);
  }
}

VIA(
    void, log_softmax_rows_backward,
    (const float *restrict g, const float *restrict y, float *restrict dx, long rows, long columns),
    (g, y, dx, rows, columns)) {
  for (long r = 0; r < rows; r++, g += columns, y += columns, dx += columns) {
    float total = 0;
    for (long j = 0; j < columns; j++) total += g[j];
    for (long j = 0; j < columns; j++) dx[j] = g[j] - fast_exp(y[j]) * total;
  }
}
