#ifndef C_VECTOR_MATH_H
#define C_VECTOR_MATH_H
void vector_exp(const float *x, float *y, long n);
#endif
