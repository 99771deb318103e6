#include "core/remote/HostConnection.h"
#include "ui/controllers/CoreEngine.h"
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
