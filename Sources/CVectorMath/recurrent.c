#include "CVectorMath.h"
#include "functions.h"
#include "targets.h"

MANY_TARGETS void lstm_step(
    float *restrict gates, const float *restrict previous_c, float *restrict c, float *restrict tanh_c,
    float *restrict h, long batch, long hidden) {
  for (long b = 0; b < batch; b++) {
    float *i = gates + b * 4 * hidden, *f = i + hidden, *g = f + hidden, *o = g + hidden;
    long at = b * hidden;
    for (long j = 0; j < hidden; j++) {
      float in = fast_sigmoid(i[j]), keep = fast_sigmoid(f[j]), new = fast_tanh(g[j]), out = fast_sigmoid(o[j]);
      float state = keep * previous_c[at + j] + in * new;
      float squashed = fast_tanh(state);
      i[j] = in, f[j] = keep, g[j] = new, o[j] = out;
      c[at + j] = state;
      tanh_c[at + j] = squashed;
      h[at + j] = out * squashed;
    }
  }
}

MANY_TARGETS void lstm_step_backward(
    const float *restrict gates, const float *restrict previous_c, const float *restrict tanh_c,
    const float *restrict dh, float *restrict dc, float *restrict dgates, long batch, long hidden) {
  for (long b = 0; b < batch; b++) {
    const float *i = gates + b * 4 * hidden, *f = i + hidden, *g = f + hidden, *o = g + hidden;
    float *di = dgates + b * 4 * hidden, *df = di + hidden, *dg = df + hidden, *dout = dg + hidden;
    long at = b * hidden;
    for (long j = 0; j < hidden; j++) {
      float t = tanh_c[at + j];
      float state = dc[at + j] + dh[at + j] * o[j] * (1 - t * t);
      dout[j] = dh[at + j] * t * o[j] * (1 - o[j]);
      di[j] = state * g[j] * i[j] * (1 - i[j]);
      df[j] = state * previous_c[at + j] * f[j] * (1 - f[j]);
      dg[j] = state * i[j] * (1 - g[j] * g[j]);
      dc[at + j] = state * f[j];
    }
  }
}

MANY_TARGETS void gru_step(
    float *restrict gates, const float *restrict recurrent, const float *restrict previous_h, float *restrict h,
    long batch, long hidden) {
  for (long b = 0; b < batch; b++) {
    float *r = gates + b * 3 * hidden, *z = r + hidden, *n = z + hidden;
    const float *hr = recurrent + b * 3 * hidden, *hz = hr + hidden, *hn = hz + hidden;
    long at = b * hidden;
    for (long j = 0; j < hidden; j++) {
      float reset = fast_sigmoid(r[j] + hr[j]), update = fast_sigmoid(z[j] + hz[j]);
      float new = fast_tanh(n[j] + reset * hn[j]);
      r[j] = reset, z[j] = update, n[j] = new;
      h[at + j] = (1 - update) * new + update * previous_h[at + j];
    }
  }
}

MANY_TARGETS void gru_step_backward(
    const float *restrict gates, const float *restrict recurrent, const float *restrict previous_h,
    const float *restrict dh, float *restrict dgates, float *restrict drecurrent, float *restrict dprevious,
    long batch, long hidden) {
  for (long b = 0; b < batch; b++) {
    const float *r = gates + b * 3 * hidden, *z = r + hidden, *n = z + hidden;
    const float *hn = recurrent + b * 3 * hidden + 2 * hidden;
    float *dr = dgates + b * 3 * hidden, *dz = dr + hidden, *dn = dz + hidden;
    float *er = drecurrent + b * 3 * hidden, *ez = er + hidden, *en = ez + hidden;
    long at = b * hidden;
    for (long j = 0; j < hidden; j++) {
      float d = dh[at + j];
      float new = d * (1 - z[j]) * (1 - n[j] * n[j]);
      float update = d * (previous_h[at + j] - n[j]) * z[j] * (1 - z[j]);
      float reset = new * hn[j] * r[j] * (1 - r[j]);
      dr[j] = er[j] = reset;
      dz[j] = ez[j] = update;
      dn[j] = new;
      en[j] = new * r[j];
      dprevious[at + j] = d * z[j];
    }
  }
}
