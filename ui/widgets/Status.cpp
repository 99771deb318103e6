#include "ui/widgets/Status.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>

namespace kwup {

namespace {

/// The mark inside the circle, in a square of 16 units.
QPainterPath markOf(Status status)
{
    QPainterPath path;
    switch (status) {
    case Status::Good:
        path.moveTo(4.5, 8.5);
        path.lineTo(7, 11);
        path.lineTo(11.5, 5.5);
        break;
    case Status::Info:
        path.moveTo(8, 4.2);
        path.lineTo(8, 4.6);
        path.moveTo(8, 7.4);
        path.lineTo(8, 11.8);
        break;
    case Status::Warning:
        path.moveTo(8, 4);
        path.lineTo(8, 9);
        path.moveTo(8, 11.6);
        path.lineTo(8, 12);
        break;
    case Status::Bad:
        path.moveTo(5.2, 5.2);
        path.lineTo(10.8, 10.8);
        path.moveTo(10.8, 5.2);
        path.lineTo(5.2, 10.8);
        break;
    case Status::Running:
        path.moveTo(6.5, 4.8);
        path.lineTo(10.8, 8);
        path.lineTo(6.5, 11.2);
        path.closeSubpath();
        break;
    case Status::Waiting:
        path.moveTo(8, 4.5);
        path.lineTo(8, 8.2);
        path.lineTo(10.6, 9.8);
        break;
    case Status::Skipped:
        path.moveTo(4.8, 8);
        path.lineTo(11.2, 8);
        break;
    case Status::Unknown:
        path.moveTo(6, 6.2);
        path.quadTo(6, 4, 8, 4);
        path.quadTo(10.2, 4, 10.2, 6);
        path.quadTo(10.2, 7.4, 8, 8.6);
        path.lineTo(8, 9.2);
        path.moveTo(8, 11.6);
        path.lineTo(8, 12);
        break;
    }
    return path;
}

class StatusIconEngine final : public QIconEngine {
public:
    explicit StatusIconEngine(Status status)
        : m_status(status)
    { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode, QIcon::State) override
    {
        const QPalette palette = QGuiApplication::palette();
        const QColor color = statusColor(m_status, palette);
        const bool filled = m_status == Status::Good || m_status == Status::Warning
            || m_status == Status::Bad || m_status == Status::Running;
        const qreal side = qMin(rect.width(), rect.height());
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.center().x() + 0.5 - side / 2, rect.center().y() + 0.5 - side / 2);
        painter->scale(side / 16, side / 16);
        painter->setPen(QPen(color, 1.4));
        painter->setBrush(filled ? QBrush(color) : QBrush(Qt::NoBrush));
        painter->drawEllipse(QRectF(1.2, 1.2, 13.6, 13.6));
        const QColor mark = filled ? palette.color(QPalette::Base) : color;
        painter->setPen(QPen(mark, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->setBrush(m_status == Status::Running ? QBrush(mark) : QBrush(Qt::NoBrush));
        painter->drawPath(markOf(m_status));
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap result(size);
        result.fill(Qt::transparent);
        QPainter painter(&result);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return result;
    }

    QIconEngine *clone() const override { return new StatusIconEngine(m_status); }

private:
    Status m_status;
};

} // namespace

QString statusWord(Status status)
{
    const auto word = [](const char *text) { return QCoreApplication::translate("Status", text); };
    switch (status) {
    case Status::Good:
        return word(QT_TRANSLATE_NOOP("Status", "OK"));
    case Status::Info:
        return word(QT_TRANSLATE_NOOP("Status", "Worth knowing"));
    case Status::Warning:
        return word(QT_TRANSLATE_NOOP("Status", "Warning"));
    case Status::Bad:
        return word(QT_TRANSLATE_NOOP("Status", "Error"));
    case Status::Running:
        return word(QT_TRANSLATE_NOOP("Status", "Running"));
    case Status::Waiting:
        return word(QT_TRANSLATE_NOOP("Status", "Waiting"));
    case Status::Skipped:
        return word(QT_TRANSLATE_NOOP("Status", "Skipped"));
    case Status::Unknown:
        return word(QT_TRANSLATE_NOOP("Status", "Unknown"));
    }
    return {};
}

QIcon statusIcon(Status status)
{
    return QIcon(new StatusIconEngine(status));
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness()
        < palette.color(QPalette::WindowText).lightness();
}

QColor statusColor(Status status, const QPalette &palette)
{
    const int light = isDark(palette) ? 160 : 95;
    switch (status) {
    case Status::Good:
        return QColor::fromHsl(140, 150, light);
    case Status::Warning:
        return QColor::fromHsl(35, 230, light);
    case Status::Bad:
        return QColor::fromHsl(2, 180, light + 15);
    case Status::Info:
    case Status::Running:
        return QColor::fromHsl(212, 190, light + 15);
    case Status::Waiting:
    case Status::Skipped:
    case Status::Unknown:
        break;
    }
    return palette.color(QPalette::Disabled, QPalette::WindowText);
}

} // namespace kwup
