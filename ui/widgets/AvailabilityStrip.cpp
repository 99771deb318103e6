#include "ui/widgets/AvailabilityStrip.h"

#include "ui/widgets/Status.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace kwup {

namespace {
constexpr size_t Longest = 400;
}

AvailabilityStrip::AvailabilityStrip(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    describeForReaders();
}

void AvailabilityStrip::add(Availability availability)
{
    m_readings.push_back(availability);
    if (m_readings.size() > Longest)
        m_readings.pop_front();
    describeForReaders();
    update();
}

void AvailabilityStrip::clear()
{
    m_readings.clear();
    describeForReaders();
    update();
}

int AvailabilityStrip::count(Availability availability) const
{
    return static_cast<int>(std::count(m_readings.begin(), m_readings.end(), availability));
}

QString AvailabilityStrip::summary() const
{
    if (m_readings.empty())
        return tr("The cluster has not been read yet.");
    return tr("Of %n reading(s): all nodes up in %1, some nodes down in %2, no answer in %3.",
              nullptr, readings())
        .arg(count(Availability::AllUp))
        .arg(count(Availability::SomeDown))
        .arg(count(Availability::NoAnswer));
}

QSize AvailabilityStrip::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 60, fontMetrics().height() * 3 / 2};
}

QSize AvailabilityStrip::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 20, fontMetrics().height() * 3 / 2};
}

void AvailabilityStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().base());
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    const int step = qMax(2, fontMetrics().averageCharWidth() / 2);
    const int room = (width() - 2) / step;
    const int first = qMax(0, readings() - room);
    const int high = height() - 4;
    for (int i = first; i < readings(); ++i) {
        const Availability value = m_readings.at(static_cast<size_t>(i));
        const Status status = value == Availability::AllUp ? Status::Good
            : value == Availability::SomeDown              ? Status::Warning
                                                           : Status::Bad;
        const int bar = value == Availability::AllUp ? high
            : value == Availability::SomeDown        ? high / 2
                                                     : qMax(2, high / 5);
        const QRect box(1 + (i - first) * step, 2 + high - bar, step - 1, bar);
        painter.fillRect(box, statusColor(status, palette()));
    }
}

void AvailabilityStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        describeForReaders();
    if (event->type() == QEvent::PaletteChange)
        update();
}

void AvailabilityStrip::describeForReaders()
{
    setAccessibleName(tr("Availability of the cluster"));
    setAccessibleDescription(summary());
    setToolTip(summary());
}

} // namespace kwup
