/* zlib, which StatementFormats reads gzip with. */
#ifndef WENHUI_CZLIB_H
#define WENHUI_CZLIB_H

#include <zlib.h>

#endif
