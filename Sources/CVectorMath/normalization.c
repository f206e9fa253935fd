#include "CVectorMath.h"
#include "targets.h"
#include <math.h>

// Sums may be taken in any order.
#pragma clang fp reassociate(on)

MANY_TARGETS void normalize_rows(
    const float *restrict x, const float *restrict weight, const float *restrict bias, float *restrict y,
    float *restrict mean, float *restrict rstd, long rows, long columns, float epsilon) {
  for (long r = 0; r < rows; r++, x += columns, y += columns) {
    float total = 0;
    for (long j = 0; j < columns; j++) total += x[j];
    float m = total / (float)columns;
    float squares = 0;
    for (long j = 0; j < columns; j++) squares += (x[j] - m) * (x[j] - m);
    float s = 1.0f / sqrtf(squares / (float)columns + epsilon);
    mean[r] = m;
    rstd[r] = s;
    if (weight)
      for (long j = 0; j < columns; j++) y[j] = (x[j] - m) * s * weight[j] + (bias ? bias[j] : 0.0f);
    else
      for (long j = 0; j < columns; j++) y[j] = (x[j] - m) * s;
  }
}

MANY_TARGETS void normalize_rows_backward(
    const float *restrict g, const float *restrict x, const float *restrict weight, const float *restrict mean,
    const float *restrict rstd, float *restrict dx, float *restrict weight_gradient, float *restrict bias_gradient,
    long rows, long columns) {
  for (long r = 0; r < rows; r++, g += columns, x += columns, dx += columns) {
    float m = mean[r], s = rstd[r], sum = 0, product = 0;
    if (weight) {
      for (long j = 0; j < columns; j++) {
        float d = g[j] * weight[j];
        sum += d;
        product += d * (x[j] - m);
      }
    } else {
      for (long j = 0; j < columns; j++) {
        sum += g[j];
        product += g[j] * (x[j] - m);
      }
    }
    float a = sum / (float)columns, b = product * s * s / (float)columns;
    if (weight)
      for (long j = 0; j < columns; j++) dx[j] = s * (g[j] * weight[j] - a - (x[j] - m) * b);
    else
      for (long j = 0; j < columns; j++) dx[j] = s * (g[j] - a - (x[j] - m) * b);
    if (weight_gradient)
      for (long j = 0; j < columns; j++) weight_gradient[j] += g[j] * (x[j] - m) * s;
    if (bias_gradient)
      for (long j = 0; j < columns; j++) bias_gradient[j] += g[j];
  }
}

MANY_TARGETS void channel_moments(
    const float *restrict x, long images, long channels, long plane, long first, long end, float *restrict mean,
    float *restrict variance) {
  float n = (float)(images * plane);
  for (long c = first; c < end; c++) {
    double total = 0, squares = 0;
    for (long i = 0; i < images; i++) {
      const float *p = x + (i * channels + c) * plane;
      float part = 0;
      for (long j = 0; j < plane; j++) part += p[j];
      total += part;
    }
    float m = (float)(total / n);
    for (long i = 0; i < images; i++) {
      const float *p = x + (i * channels + c) * plane;
      float part = 0;
      for (long j = 0; j < plane; j++) part += (p[j] - m) * (p[j] - m);
      squares += part;
    }
    mean[c] = m;
    variance[c] = (float)(squares / n);
  }
}

MANY_TARGETS void channel_affine(
    const float *restrict x, const float *restrict scale, const float *restrict shift, float *restrict y, long images,
    long channels, long plane, long first, long end) {
  for (long i = 0; i < images; i++) {
    for (long c = first; c < end; c++) {
      const float *p = x + (i * channels + c) * plane;
      float *q = y + (i * channels + c) * plane;
      float a = scale[c], b = shift[c];
      for (long j = 0; j < plane; j++) q[j] = p[j] * a + b;
    }
  }
}

MANY_TARGETS void channel_gradient_sums(
    const float *restrict g, const float *restrict x, const float *restrict mean, float *restrict sum,
    float *restrict product, long images, long channels, long plane, long first, long end) {
  for (long c = first; c < end; c++) {
    double total = 0, inner = 0;
    float m = mean[c];
    for (long i = 0; i < images; i++) {
      const float *p = g + (i * channels + c) * plane;
      const float *q = x + (i * channels + c) * plane;
      float a = 0, b = 0;
      for (long j = 0; j < plane; j++) {
        a += p[j];
        b += p[j] * (q[j] - m);
      }
      total += a;
      inner += b;
    }
    sum[c] = (float)total;
    product[c] = (float)inner;
  }
}

MANY_TARGETS void channel_combine(
    const float *restrict g, const float *restrict x, const float *restrict a, const float *restrict b,
    const float *restrict c0, float *restrict dx, long images, long channels, long plane, long first, long end) {
  for (long i = 0; i < images; i++) {
    for (long c = first; c < end; c++) {
      long at = (i * channels + c) * plane;
      float u = a[c], v = b[c], w = c0[c];
      for (long j = 0; j < plane; j++) dx[at + j] = u * g[at + j] + v * x[at + j] + w;
    }
  }
}
