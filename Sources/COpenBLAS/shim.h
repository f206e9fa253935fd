#include <cblas.h>
#include <openblas_config.h>

// The two of LAPACK's functions that are used, which OpenBLAS holds but declares only beside LAPACKE.
extern void sgesv_(
    const int *n, const int *columns, float *a, const int *lda, int *pivots, float *b, const int *ldb, int *info);
extern void sgetrf_(const int *rows, const int *columns, float *a, const int *lda, int *pivots, int *info);
