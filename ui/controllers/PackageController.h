#pragma once

#include "ui/controllers/Engine.h"
#include "ui/controllers/Worker.h"
#include "ui/wizard/UpgradeSession.h"

#include <QObject>

namespace kwup {

/// Reads the session's package file in a worker. GUI thread.
class PackageController final : public QObject {
    Q_OBJECT
public:
    PackageController(Engine &engine, UpgradeSession &session, QObject *parent = nullptr);

    void read(const QString &file); ///< a reading under way is dropped
    void stop();
    bool isRunning() const { return m_worker.isRunning(); }
    const Error &error() const { return m_error; } ///< of the last reading; code None when fine

signals:
    void runningChanged();
    void progressed(qint64 done, qint64 total); ///< bytes of the file; ≤ 10 a second

private:
    Engine &m_engine;
    UpgradeSession &m_session;
    Error m_error;
    Worker m_worker;
};

} // namespace kwup
