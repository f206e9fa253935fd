#include <gumbo.h>

// Swift may not touch the library's global options.

static inline GumboOutput *lectern_gumbo_parse(const char *text, size_t length) {
  return gumbo_parse_with_options(&kGumboDefaultOptions, text, length);
}

static inline void lectern_gumbo_free(GumboOutput *output) {
  gumbo_destroy_output(&kGumboDefaultOptions, output);
}
