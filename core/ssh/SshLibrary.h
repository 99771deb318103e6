#pragma once

#include <QtGlobal>

namespace kwup {

/// The SSH library's process-wide state (and Winsock on Windows). Made once in main() before any
/// thread, destroyed after all connections.
class SshLibrary final {
public:
    SshLibrary();
    ~SshLibrary();
    Q_DISABLE_COPY_MOVE(SshLibrary)

    bool isReady() const { return m_ready; }

private:
    bool m_ready = false;
};

} // namespace kwup
