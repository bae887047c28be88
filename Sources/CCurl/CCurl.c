#include "CCurl.h"

#include <fcntl.h>
#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static CURLcode initialized = CURLE_FAILED_INIT;

static void initialize(void) { initialized = curl_global_init(CURL_GLOBAL_DEFAULT); }

CURLcode winch_curl_initialize(void) {
  pthread_once(&once, initialize);
  return initialized;
}

CURLcode winch_curl_set_number(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}

CURLcode winch_curl_set_text(CURL *easy, CURLoption option, const char *text) {
  return curl_easy_setopt(easy, option, text);
}

CURLcode winch_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *list) {
  return curl_easy_setopt(easy, option, list);
}

CURLcode winch_curl_set_pointer(CURL *easy, CURLoption option, void *pointer) {
  return curl_easy_setopt(easy, option, pointer);
}

CURLcode winch_curl_set_request_body(CURL *easy, const void *bytes, size_t count) {
  // The size comes first: CURLOPT_COPYPOSTFIELDS copies as many bytes as are announced by then.
  CURLcode code = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
  if (code != CURLE_OK) return code;
  return curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, count == 0 ? "" : bytes);
}

size_t winch_curl_pause(void) { return CURL_WRITEFUNC_PAUSE; }

CURLcode winch_curl_set_body_receiver(CURL *easy, winch_curl_receiver receiver, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receiver);
  if (code != CURLE_OK) return code;
  return curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
}

CURLcode winch_curl_set_header_receiver(CURL *easy, winch_curl_receiver receiver, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, receiver);
  if (code != CURLE_OK) return code;
  return curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
}

CURLcode winch_curl_resume(CURL *easy) { return curl_easy_pause(easy, CURLPAUSE_CONT); }

static int close_on_exec(void *context, curl_socket_t socket, curlsocktype purpose) {
  (void)context;
  (void)purpose;
  (void)fcntl(socket, F_SETFD, FD_CLOEXEC);
  return CURL_SOCKOPT_OK;
}

CURLcode winch_curl_set_close_on_exec(CURL *easy) {
  return curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, close_on_exec);
}

void *winch_curl_context(CURL *easy) {
  char *context = NULL;
  curl_easy_getinfo(easy, CURLINFO_PRIVATE, &context);
  return context;
}

int64_t winch_curl_offset_info(CURL *easy, CURLINFO info) {
  curl_off_t value = 0;
  return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? (int64_t)value : 0;
}

long winch_curl_number_info(CURL *easy, CURLINFO info) {
  long value = 0;
  return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

bool winch_curl_next_ended(CURLM *multi, CURL **easy, CURLcode *result) {
  int left = 0;
  CURLMsg *message;
  while ((message = curl_multi_info_read(multi, &left)) != NULL) {
    if (message->msg != CURLMSG_DONE) continue;
    *easy = message->easy_handle;
    *result = message->data.result;
    return true;
  }
  return false;
}
