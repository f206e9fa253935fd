#include "CVectorMath.h"
#include "targets.h"

/// Kingma & Ba (2015), algorithm 1, in the order in which PyTorch computes it; `rate` holds the first correction.
MANY_TARGETS void adam_step(
    float *restrict w, const float *restrict g, float *restrict m, float *restrict v, long n, float rate, float beta1,
    float beta2, float epsilon, float root_correction2, float decay, float decoupled_decay) {
  float keep = 1.0f - decoupled_decay;
  float inverse_root = 1.0f / root_correction2;
  for (long i = 0; i < n; i++) {
    float weight = w[i] * keep;
    float gradient = g[i] + decay * weight;
    float first = m[i] + (gradient - m[i]) * (1.0f - beta1);
    float second = v[i] * beta2 + gradient * gradient * (1.0f - beta2);
    m[i] = first;
    v[i] = second;
    w[i] = weight - rate * first / (__builtin_sqrtf(second) * inverse_root + epsilon);
  }
}

MANY_TARGETS void sgd_step(
    float *restrict w, const float *restrict g, float *restrict velocity, long n, float rate, float momentum,
    float dampening, float decay, int nesterov, int first) {
  if (momentum == 0.0f) {
    for (long i = 0; i < n; i++) w[i] -= rate * (g[i] + decay * w[i]);
    return;
  }
  float fresh = first ? 1.0f : 1.0f - dampening;
  float old = first ? 0.0f : momentum;
  for (long i = 0; i < n; i++) {
    float gradient = g[i] + decay * w[i];
    float speed = old * velocity[i] + fresh * gradient;
    velocity[i] = speed;
    w[i] -= rate * (nesterov ? gradient + momentum * speed : speed);
  }
}

MANY_TARGETS void adagrad_step(
    float *restrict w, const float *restrict g, float *restrict sum, long n, float rate, float epsilon, float decay) {
  for (long i = 0; i < n; i++) {
    float gradient = g[i] + decay * w[i];
    sum[i] += gradient * gradient;
    w[i] -= rate * gradient / (__builtin_sqrtf(sum[i]) + epsilon);
  }
}

MANY_TARGETS void rmsprop_step(
    float *restrict w, const float *restrict g, float *restrict square, float *restrict velocity, long n, float rate,
    float alpha, float epsilon, float momentum, float decay) {
  for (long i = 0; i < n; i++) {
    float gradient = g[i] + decay * w[i];
    square[i] = alpha * square[i] + (1 - alpha) * gradient * gradient;
    float speed = momentum * velocity[i] + gradient / (__builtin_sqrtf(square[i]) + epsilon);
    velocity[i] = speed;
    w[i] -= rate * speed;
  }
}

MANY_TARGETS void adadelta_step(
    float *restrict w, const float *restrict g, float *restrict square, float *restrict change, long n, float rate,
    float rho, float epsilon, float decay) {
  for (long i = 0; i < n; i++) {
    float gradient = g[i] + decay * w[i];
    square[i] = rho * square[i] + (1 - rho) * gradient * gradient;
    float step = __builtin_sqrtf(change[i] + epsilon) / __builtin_sqrtf(square[i] + epsilon) * gradient;
    change[i] = rho * change[i] + (1 - rho) * step * step;
    w[i] -= rate * step;
  }
}
