#pragma once

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// libcurl sets and reads options through variadic functions, which Swift cannot call, and hides some
// constants in macros that do not import. Each function below fixes one type. What libcurl offers as a
// plain function (curl_easy_init, curl_multi_poll, curl_url_set...) is called directly.

/// Must succeed once before any other call. May be called from several threads at once.
CURLcode winch_curl_initialize(void);

CURLcode winch_curl_set_number(CURL *easy, CURLoption option, long value);
/// libcurl keeps its own copy of the text.
CURLcode winch_curl_set_text(CURL *easy, CURLoption option, const char *text);
/// The list must live as long as the transfer.
CURLcode winch_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *list);
/// The memory must live as long as the transfer.
CURLcode winch_curl_set_pointer(CURL *easy, CURLoption option, void *pointer);
/// libcurl keeps its own copy of the bytes. Makes the request a POST until the method is set.
CURLcode winch_curl_set_request_body(CURL *easy, const void *bytes, size_t count);

/// Takes `size * count` bytes; returns how many it took, or `winch_curl_pause`.
typedef size_t (*winch_curl_receiver)(char *bytes, size_t size, size_t count, void *context);
/// What a receiver returns to be given the same bytes again after `winch_curl_resume`.
size_t winch_curl_pause(void);
CURLcode winch_curl_set_body_receiver(CURL *easy, winch_curl_receiver receiver, void *context);
CURLcode winch_curl_set_header_receiver(CURL *easy, winch_curl_receiver receiver, void *context);
/// May call the body receiver before it returns.
CURLcode winch_curl_resume(CURL *easy);

/// Keeps the sockets out of child processes: a copy held by a child would keep a connection open that
/// was cancelled here.
CURLcode winch_curl_set_close_on_exec(CURL *easy);

/// Connects to public addresses alone, whatever a name stands for; `refused` becomes true when one was
/// not. It must live as long as the transfer.
CURLcode winch_curl_refuse_private_addresses(CURL *easy, bool *refused);
/// Whether an address is one of this machine, a private network or otherwise not public.
bool winch_curl_is_private_address(const struct sockaddr *address);

/// The pointer given as CURLOPT_PRIVATE.
void *winch_curl_context(CURL *easy);
/// For the CURLINFO values of type curl_off_t; 0 when unknown.
int64_t winch_curl_offset_info(CURL *easy, CURLINFO info);
/// For the CURLINFO values of type long; 0 when unknown.
long winch_curl_number_info(CURL *easy, CURLINFO info);

/// The next transfer that has ended; false when there is none.
bool winch_curl_next_ended(CURLM *multi, CURL **easy, CURLcode *result);
