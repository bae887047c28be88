#include "blake3.h"
#include "CBlake3.h"

#include <stdatomic.h>
#include <string.h>

typedef struct {
  const char *name;
  hash_many_function *hash_many;
  bool (*is_supported)(void);
} kernel;

static bool always(void) { return true; }

#if defined(__x86_64__)
static bool has_sse41(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("sse4.1");
}

static bool has_avx2(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2");
}

// `__builtin_cpu_supports` also asks (by XGETBV) whether the operating system saves the wide
// registers, without which the instructions must not be used.
static bool has_avx512(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl");
}
#endif

/// Fastest first. The last one runs anywhere.
static const kernel kernels[] = {
#if defined(__x86_64__)
    {"avx512", winch_blake3_hash_many_avx512, has_avx512},
    {"avx2", winch_blake3_hash_many_avx2, has_avx2},
    {"sse4.1", winch_blake3_hash_many_sse41, has_sse41},
#elif defined(__aarch64__) && defined(__LITTLE_ENDIAN__)
    {"neon", winch_blake3_hash_many_neon, always},
#endif
    {"portable", winch_blake3_hash_many_portable, always},
};

/// Null until first needed. Two threads that choose at once choose the same.
static _Atomic(const kernel *) kernel_in_use;

/// The fastest supported kernel, or the one named; null if there is none of that name.
static const kernel *find_kernel(const char *name) {
  for (size_t i = 0; i < sizeof kernels / sizeof kernels[0]; i++) {
    bool is_named = name == NULL || strcmp(name, kernels[i].name) == 0;
    if (is_named && kernels[i].is_supported()) return &kernels[i];
  }
  return NULL;
}

static const kernel *current_kernel(void) {
  const kernel *current = atomic_load_explicit(&kernel_in_use, memory_order_relaxed);
  if (current != NULL) return current;
  current = find_kernel(NULL);
  atomic_store_explicit(&kernel_in_use, current, memory_order_relaxed);
  return current;
}

void winch_blake3_hash_many(node_row row, uint8_t *out) { current_kernel()->hash_many(row, out); }

const char *winch_blake3_kernel(void) { return current_kernel()->name; }

bool winch_blake3_use_kernel(const char *name) {
  const kernel *chosen = find_kernel(name);
  if (chosen == NULL) return false;
  atomic_store_explicit(&kernel_in_use, chosen, memory_order_relaxed);
  return true;
}
