#if defined(__x86_64__)

// The whole file is compiled for AVX-512 (F and VL); kernels.c sees to it that it runs only
// where the processor has it and the operating system saves its registers.
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512vl"))), apply_to = function)

#define LANES 16
#include "lanes.h"

// AVX-512 rotates in one instruction.
INLINE vector rotate16(vector x) { return x >> 16 | x << 16; }
INLINE vector rotate8(vector x) { return x >> 8 | x << 24; }

/// Transposes the four 4 × 4 quarters of four rows, each within its own 128 bits.
INLINE void transpose_quarters(vector rows[4]) {
  vector low01 = __builtin_shufflevector(
      rows[0], rows[1], 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
  vector high01 = __builtin_shufflevector(
      rows[0], rows[1], 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
  vector low23 = __builtin_shufflevector(
      rows[2], rows[3], 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
  vector high23 = __builtin_shufflevector(
      rows[2], rows[3], 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
  rows[0] = __builtin_shufflevector(
      low01, low23, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
  rows[1] = __builtin_shufflevector(
      low01, low23, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
  rows[2] = __builtin_shufflevector(
      high01, high23, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
  rows[3] = __builtin_shufflevector(
      high01, high23, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
}

/// Transposes four vectors of four 128-bit parts each, part by part.
INLINE void transpose_parts(vector *a, vector *b, vector *c, vector *d) {
  vector even_ab = __builtin_shufflevector(
      *a, *b, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
  vector odd_ab = __builtin_shufflevector(
      *a, *b, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
  vector even_cd = __builtin_shufflevector(
      *c, *d, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
  vector odd_cd = __builtin_shufflevector(
      *c, *d, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
  *a = __builtin_shufflevector(
      even_ab, even_cd, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
  *c = __builtin_shufflevector(
      even_ab, even_cd, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
  *b = __builtin_shufflevector(
      odd_ab, odd_cd, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
  *d = __builtin_shufflevector(
      odd_ab, odd_cd, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
}

INLINE void transpose(vector rows[16]) {
#pragma clang loop unroll(full)
  for (int row = 0; row < 16; row += 4) transpose_quarters(rows + row);
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++) {
    transpose_parts(&rows[i], &rows[i + 4], &rows[i + 8], &rows[i + 12]);
  }
}

void winch_blake3_hash_many_avx512(node_row row, uint8_t *out) {
  hash_many_lanes(row, out, winch_blake3_hash_many_avx2);
}

#pragma clang attribute pop

#endif
