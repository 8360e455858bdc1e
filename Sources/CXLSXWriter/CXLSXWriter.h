/* libxlsxwriter, which StatementFormats writes workbooks with. */
#ifndef WENHUI_CXLSXWRITER_H
#define WENHUI_CXLSXWRITER_H

#include <xlsxwriter.h>

#endif
