#include "core/log/Log.h"

#include <QDir>

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace kwup {

namespace {

constexpr auto LoggerName = "kwup";
constexpr std::size_t FileSize = 2 * 1024 * 1024;
constexpr std::size_t FileCount = 4;

void handleQtMessage(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    const std::string text = message.toStdString();
    switch (type) {
    case QtDebugMsg:
        spdlog::debug(text);
        break;
    case QtInfoMsg:
        spdlog::info(text);
        break;
    case QtWarningMsg:
        spdlog::warn(text);
        break;
    case QtCriticalMsg:
        spdlog::error(text);
        break;
    case QtFatalMsg:
        spdlog::critical(text);
        spdlog::shutdown();
        std::abort();
    }
}

} // namespace

Result<void> startLog(const QString &directory)
{
    const QString file = QDir(directory).filePath(QStringLiteral("kwdb-upgrade.log"));
    if (!QDir().mkpath(directory))
        return Error{ErrorCode::FileUnwritable, {}, {file, directory}, {}, {}, -1};
    try {
        auto rotating = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
            QDir::toNativeSeparators(file).toStdString(), FileSize, FileCount);
        auto console = std::make_shared<spdlog::sinks::stderr_sink_mt>();
        console->set_level(spdlog::level::err);
        auto logger = std::make_shared<spdlog::logger>(
            LoggerName, spdlog::sinks_init_list{std::move(rotating), std::move(console)});
        logger->flush_on(spdlog::level::info);
        spdlog::set_default_logger(std::move(logger));
    } catch (const spdlog::spdlog_ex &failure) {
        return Error{
            ErrorCode::FileUnwritable, {}, {file, QString::fromUtf8(failure.what())}, {}, {}, -1};
    }
    qInstallMessageHandler(handleQtMessage);
    return {};
}

void logInfo(const QString &text)
{
    if (const auto logger = spdlog::get(LoggerName))
        logger->info(text.toStdString());
}

void logWarning(const QString &text)
{
    if (const auto logger = spdlog::get(LoggerName))
        logger->warn(text.toStdString());
}

} // namespace kwup
