#include "CCurl.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// The ranges of RFC 6890 that no public server has: this machine, private networks, link-local
// addresses, shared address space, benchmarks, multicast and what is reserved.
static bool is_private_v4(uint32_t address) {
  static const struct {
    uint32_t prefix;
    int bits;
  } ranges[] = {
      {0x00000000, 8},  {0x0A000000, 8},  {0x64400000, 10}, {0x7F000000, 8},
      {0xA9FE0000, 16}, {0xAC100000, 12}, {0xC0000000, 24}, {0xC0A80000, 16},
      {0xC6120000, 15}, {0xE0000000, 4},  {0xF0000000, 4},
  };
  for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
    if ((address ^ ranges[i].prefix) >> (32 - ranges[i].bits) == 0) return true;
  }
  return false;
}

static uint32_t big_endian(const unsigned char *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool is_private_v6(const unsigned char address[16]) {
  static const unsigned char zeros[15];
  static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  static const unsigned char translated[12] = {0x00, 0x64, 0xFF, 0x9B};
  if (memcmp(address, zeros, 15) == 0 && address[15] <= 1) return true;
  if (memcmp(address, mapped, 12) == 0 || memcmp(address, translated, 12) == 0)
    return is_private_v4(big_endian(address + 12));
  return (address[0] & 0xFE) == 0xFC || address[0] == 0xFF ||
         (address[0] == 0xFE && (address[1] & 0x80) == 0x80);
}

bool winch_curl_is_private_address(const struct sockaddr *address) {
  if (address->sa_family == AF_INET) {
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)(const void *)address;
    return is_private_v4(ntohl(v4->sin_addr.s_addr));
  }
  if (address->sa_family == AF_INET6) {
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)(const void *)address;
    return is_private_v6(v6->sin6_addr.s6_addr);
  }
  return true;
}

// Called with the address that a name was looked up to, so that no name can hide it.
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
  if (purpose == CURLSOCKTYPE_IPCXN && winch_curl_is_private_address(&address->addr)) {
    *(bool *)context = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype, address->protocol);
}

CURLcode winch_curl_refuse_private_addresses(CURL *easy, bool *refused) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  if (code != CURLE_OK) return code;
  return curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, refused);
}
