// What kernels of four lanes share: vectors of 128 bits.
#pragma once

#define LANES 4
#include "lanes.h"

INLINE vector rotate16(vector x) {
  byte_vector b = (byte_vector)x;
  return (vector)__builtin_shufflevector(
      b, b, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
}

INLINE vector rotate8(vector x) {
  byte_vector b = (byte_vector)x;
  return (vector)__builtin_shufflevector(
      b, b, 1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12);
}

INLINE void transpose(vector rows[4]) {
  vector low01 = __builtin_shufflevector(rows[0], rows[1], 0, 4, 1, 5);
  vector high01 = __builtin_shufflevector(rows[0], rows[1], 2, 6, 3, 7);
  vector low23 = __builtin_shufflevector(rows[2], rows[3], 0, 4, 1, 5);
  vector high23 = __builtin_shufflevector(rows[2], rows[3], 2, 6, 3, 7);
  rows[0] = __builtin_shufflevector(low01, low23, 0, 1, 4, 5);
  rows[1] = __builtin_shufflevector(low01, low23, 2, 3, 6, 7);
  rows[2] = __builtin_shufflevector(high01, high23, 0, 1, 4, 5);
  rows[3] = __builtin_shufflevector(high01, high23, 2, 3, 6, 7);
}
