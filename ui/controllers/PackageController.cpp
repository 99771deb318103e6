#include "ui/controllers/PackageController.h"

#include <QElapsedTimer>

namespace kwup {

PackageController::PackageController(Engine &engine, UpgradeSession &session, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_session(session)
    , m_worker(this)
{ }

void PackageController::read(const QString &file)
{
    m_error = {};
    m_session.setPackageFile(file);
    if (file.isEmpty()) {
        stop();
        return;
    }
    m_worker.start(
        [this, file](std::stop_token stop, const Worker::Post &post) {
            QElapsedTimer since;
            const auto onProgress = [this, post, &since](qint64 done, qint64 total) {
                if (since.isValid() && since.elapsed() < 100 && done < total)
                    return;
                since.start();
                post([this, done, total] { emit progressed(done, total); });
            };
            return m_engine.inspect(file, onProgress, stop);
        },
        [this](const Result<PackageInfo> &result) {
            if (result)
                m_session.setPackage(*result);
            else
                m_error = result.error();
            emit runningChanged();
        });
    emit runningChanged();
}

void PackageController::stop()
{
    if (!m_worker.isRunning())
        return;
    m_worker.cancel();
    emit runningChanged();
}

} // namespace kwup
