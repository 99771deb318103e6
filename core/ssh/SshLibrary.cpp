#include "core/ssh/SshLibrary.h"

#include "core/ssh/Socket.h"

#include <libssh2.h>

namespace kwup {

SshLibrary::SshLibrary()
{
#ifdef Q_OS_WIN
    WSADATA data;
    if (::WSAStartup(MAKEWORD(2, 2), &data) != 0)
        return;
#endif
    m_ready = libssh2_init(0) == 0;
}

SshLibrary::~SshLibrary()
{
    if (m_ready)
        libssh2_exit();
#ifdef Q_OS_WIN
    ::WSACleanup();
#endif
}

} // namespace kwup
