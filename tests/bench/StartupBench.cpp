#include "core/ssh/SshConnector.h"
#include "core/ssh/SshLibrary.h"
#include "ui/controllers/CoreEngine.h"
#include "ui/wizard/Language.h"
#include "ui/wizard/UpgradeWizard.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QWidget>

#include <algorithm>
#include <cstdio>

// From exec to the first paint: the wizard beside a bare QApplication with a QWidget, in turn, as
// processes of their own. Prints medians and the ratio.

namespace {

/// Ends the program when the window is painted for the first time.
class QuitAfterPaint final : public QObject {
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        return false;
    }
};

int show(QWidget &window)
{
    QuitAfterPaint quit;
    window.installEventFilter(&quit);
    window.show();
    return QApplication::exec();
}

int median(const QString &program, const QString &mode, int runs)
{
    QList<int> times;
    for (int i = 0; i < runs; ++i) {
        QElapsedTimer timer;
        timer.start();
        if (QProcess::execute(program, {mode}) != 0)
            return -1;
        times += static_cast<int>(timer.elapsed());
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

} // namespace

int main(int argc, char *argv[])
{
    using namespace kwup;
    const QByteArray mode = argc > 1 ? QByteArray(argv[1]) : QByteArray();
    if (mode.isEmpty()) {
        const QString self = QString::fromLocal8Bit(argv[0]);
        constexpr int Runs = 15;
        const int bare = median(self, QStringLiteral("bare"), Runs);
        const int wizard = median(self, QStringLiteral("wizard"), Runs);
        std::printf("bare window %d ms, wizard %d ms, ratio %.2f (medians of %d)\n", bare, wizard,
                    static_cast<double>(wizard) / bare, Runs);
        return bare > 0 && wizard > 0 ? 0 : 1;
    }
    QApplication application(argc, argv);
    if (mode == "bare") {
        QWidget window;
        return show(window);
    }
    const QTemporaryDir data;
    Language language;
    language.use(QStringLiteral("en"));
    const SshLibrary library;
    SshConfig config = SshConfig::standard();
    config.ownKnownHostsFile = data.filePath(QStringLiteral("known_hosts"));
    SshConnector connector(config);
    CoreEngine engine(connector, RunStore(data.filePath(QStringLiteral("runs"))));
    UpgradeSession session;
    Controllers controllers(engine, session);
    UpgradeWizard window(controllers, session, language);
    return show(window);
}
