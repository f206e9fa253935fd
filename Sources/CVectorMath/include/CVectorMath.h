/// Loops that want AVX, as plain scalar C that the compiler vectorises for three generations of processors, and the
/// few things Swift has no word for: thread-local state, a fork-safe thread pool, and memory that is kept for reuse.
#ifndef C_VECTOR_MATH_H
#define C_VECTOR_MATH_H

#include <stddef.h>
#include <stdint.h>

// MARK: Elementwise functions: y[i] = f(x[i])
void vector_exp(const float *x, float *y, long n);
void vector_log(const float *x, float *y, long n);
void vector_sqrt(const float *x, float *y, long n);
void vector_tanh(const float *x, float *y, long n);
void vector_sigmoid(const float *x, float *y, long n);
void vector_softplus(const float *x, float *y, long n);
void vector_relu(const float *x, float *y, long n);
void vector_relu_in_place(float *y, long n);
void vector_abs(const float *x, float *y, long n);
void vector_sin(const float *x, float *y, long n);
void vector_cos(const float *x, float *y, long n);
void vector_erf(const float *x, float *y, long n);
void vector_leaky_relu(const float *x, float slope, float *y, long n);
void vector_clamp(const float *x, float low, float high, float *y, long n);

// MARK: Their derivatives: y[i] = g[i] · f′, from the input x or the output y as the name says
void vector_relu_backward(const float *g, const float *x, float *y, long n);
/// y[i] = 0 where x[i] is not positive
void vector_relu_mask(const float *x, float *y, long n);
void vector_tanh_backward(const float *g, const float *output, float *y, long n);
void vector_sigmoid_backward(const float *g, const float *output, float *y, long n);

// MARK: Arithmetic. `sx` and `sy` are 1, or 0 where one value serves all.
void vector_add(const float *x, long sx, const float *y, long sy, float *z, long n);
void vector_subtract(const float *x, long sx, const float *y, long sy, float *z, long n);
void vector_multiply(const float *x, long sx, const float *y, long sy, float *z, long n);
void vector_divide(const float *x, long sx, const float *y, long sy, float *z, long n);
void vector_maximum(const float *x, long sx, const float *y, long sy, float *z, long n);
void vector_minimum(const float *x, long sx, const float *y, long sy, float *z, long n);
/// z[i] = a · x[i] + b
void vector_scale_add(const float *x, float a, float b, float *z, long n);
/// y[i] += a · x[i]
void vector_accumulate(float a, const float *x, float *y, long n);
void vector_fill(float value, float *y, long n);

// MARK: Reductions
float vector_sum(const float *x, long n);
float vector_dot(const float *x, const float *y, long n);
float vector_max(const float *x, long n);
float vector_min(const float *x, long n);
/// Σ (x[i] − mean)²
float vector_squared_deviations(const float *x, float mean, long n);
/// Adds rows to a total: y[j] += Σᵢ x[i · step + j]
void vector_sum_rows(const float *x, long rows, long columns, long step, float *y);

// MARK: Rows of a softmax; input and output are different memory
void softmax_rows(const float *x, float *y, long rows, long columns);
void log_softmax_rows(const float *x, float *y, long rows, long columns);
void softmax_rows_backward(const float *g, const float *y, float *dx, long rows, long columns);
void log_softmax_rows_backward(const float *g, const float *y, float *dx, long rows, long columns);

// MARK: Normalization
/// y = (x − mean) · rstd · weight + bias for each row; weight and bias may be NULL. Keeps mean and 1 / √(variance + ε).
void normalize_rows(
    const float *x, const float *weight, const float *bias, float *y, float *mean, float *rstd, long rows,
    long columns, float epsilon);
/// dx of `normalize_rows`; adds to weight_gradient and bias_gradient where they are not NULL.
void normalize_rows_backward(
    const float *g, const float *x, const float *weight, const float *mean, const float *rstd, float *dx,
    float *weight_gradient, float *bias_gradient, long rows, long columns);
/// Mean and variance (÷ n) of the channels first ..< end of [images, channels, plane].
void channel_moments(
    const float *x, long images, long channels, long plane, long first, long end, float *mean, float *variance);
/// y = x · scale[c] + shift[c]
void channel_affine(
    const float *x, const float *scale, const float *shift, float *y, long images, long channels, long plane,
    long first, long end);
/// Σ g and Σ g · (x − mean) for each channel.
void channel_gradient_sums(
    const float *g, const float *x, const float *mean, float *sum, float *product, long images, long channels,
    long plane, long first, long end);
/// dx = a[c] · g + b[c] · x + c0[c]
void channel_combine(
    const float *g, const float *x, const float *a, const float *b, const float *c0, float *dx, long images,
    long channels, long plane, long first, long end);

// MARK: Convolution and pooling of one image, whose channels lie one after another
typedef struct {
  long channels, height, width;
  long kernel_height, kernel_width;
  long stride_y, stride_x, padding_y, padding_x, dilation_y, dilation_x;
  long output_height, output_width;
} Window;
/// Writes each window as a column: [channels · kernel_height · kernel_width, output_height · output_width].
void image_to_columns(const float *image, Window window, float *columns);
/// Adds the columns back to where they were taken from.
void columns_to_image(const float *columns, Window window, float *image);
/// The largest of each window, and where in its plane it was.
void max_pool(const float *image, Window window, float *output, int32_t *places);
/// The same for windows of 2 × 2 side by side, the case of most networks.
void max_pool_2x2(const float *image, long planes, long height, long width, float *output, uint8_t *places);
/// Only where the output was positive, unless `output` is NULL: the gradient of a ReLU and the pooling after it.
void max_pool_2x2_backward(
    const float *gradient, const float *output, const uint8_t *places, long planes, long height, long width,
    float *result);

// MARK: Convolution of 3 × 3 by Winograd's minimal filtering
/// How the 4 × 4 tiles of an image lie: `rows` rows of `columns`, of which one more than needed, and in memory
/// [16][channels][pitch].
typedef struct {
  long rows, columns, pitch;
} WinogradTiles;
/// The floats of `scratch` that each of these needs: (2 · rows + 4) · 2 · columns.
/// Bᵀ d B of an image with `top` rows and `left` columns of zeros before it.
void winograd_inputs(
    const float *image, long channels, long height, long width, long top, long left, WinogradTiles, float *scratch,
    float *tiles);
/// Aᵀ m A, with a bias for each channel unless it is NULL.
void winograd_outputs(
    const float *tiles, long channels, WinogradTiles, const float *bias, float *scratch, float *image, long height,
    long width);
/// A g Aᵀ of the outputs' gradient g, for the gradient of the weights.
void winograd_gradients(
    const float *gradient, long channels, long height, long width, WinogradTiles, float *scratch, float *tiles);
/// G w Gᵀ of `count` filters that lie `step` apart, the results `tile_step` apart in each of 16 parts of size `part`;
/// of filters turned by half a turn where `turned` says so.
void winograd_weights(
    const float *weight, long count, long step, int turned, float *tiles, long tile_step, long part);
/// gradient += Gᵀ m G for `count` filters.
void winograd_weight_gradients(const float *tiles, long count, long part, float *gradient);

// MARK: Optimizer steps
void adam_step(
    float *w, const float *g, float *m, float *v, long n, float rate, float beta1, float beta2, float epsilon,
    float root_correction2, float decay, float decoupled_decay);
void adagrad_step(float *w, const float *g, float *sum, long n, float rate, float epsilon, float decay);
void rmsprop_step(
    float *w, const float *g, float *square, float *velocity, long n, float rate, float alpha, float epsilon,
    float momentum, float decay);
void adadelta_step(
    float *w, const float *g, float *square, float *change, long n, float rate, float rho, float epsilon, float decay);
void sgd_step(
    float *w, const float *g, float *velocity, long n, float rate, float momentum, float dampening, float decay,
    int nesterov, int first);

// MARK: Steps of recurrent layers, n = batch rows of `hidden` units each
/// Gates i f g o of each row, before (in `gates`) and after (there too) their activations; c and h are the new state.
void lstm_step(float *gates, const float *previous_c, float *c, float *tanh_c, float *h, long batch, long hidden);
/// From dh and dc (of the new state) to the gradients of the gates before activation, and dc of the old state in place.
void lstm_step_backward(
    const float *gates, const float *previous_c, const float *tanh_c, const float *dh, float *dc, float *dgates,
    long batch, long hidden);
/// Gates r z n: `gates` holds x's share and becomes the activated gates; `recurrent` holds h's share with its bias.
void gru_step(float *gates, const float *recurrent, const float *previous_h, float *h, long batch, long hidden);
void gru_step_backward(
    const float *gates, const float *recurrent, const float *previous_h, const float *dh, float *dgates,
    float *drecurrent, float *dprevious, long batch, long hidden);

// MARK: Memory that is kept for reuse: fresh pages cost more than the work done in them
void *lectern_allocate(size_t bytes);
void lectern_free(void *block, size_t bytes);
/// Bytes that the pool keeps for reuse, and the most that were ever in use at once.
size_t lectern_bytes_kept(void);
size_t lectern_bytes_in_use(void);
size_t lectern_bytes_peak(void);
void lectern_reset_peak(void);

/// Has OpenBLAS choose kernels that fit the processor, where it does not know it. To be called before any product.
void lectern_choose_blas_core(void);

// MARK: Threads
/// Runs work(context, i) for i in 0 ..< count on the pool's threads and the caller; returns when all are done.
/// A call from inside `work`, or while another thread is using the pool, runs in the caller alone.
void lectern_parallel(long count, void (*work)(void *context, long index), void *context);
int lectern_thread_count(void);
/// Whether the caller is at work for `lectern_parallel`, so that there is nothing more to share out.
int lectern_is_in_parallel(void);

/// How many workers of the pool run now. The process that cells run in leaves them out when it looks for threads
/// that a fork would lose.
int lectern_running_threads(void);
void lectern_set_thread_count(int count);

/// What each thread has of its own.
typedef struct {
  int recording_off;
  int tracing;
  int draining;
  void *pending;
} LecternThreadState;
LecternThreadState *lectern_thread_state(void);

/// 1, 2, 3, … for all threads together.
long lectern_next_number(void);

/// Ends the process as a trap does, so that a backtrace is taken.
_Noreturn void lectern_trap(void);

#endif
