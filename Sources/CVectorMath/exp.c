#include "CVectorMath.h"
#include <math.h>
void vector_exp(const float *x, float *y, long n) { for (long i = 0; i < n; i++) y[i] = expf(x[i]); }
