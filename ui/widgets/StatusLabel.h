#pragma once

#include "ui/widgets/Status.h"

#include <QWidget>

class QLabel;

namespace kwup {

/// An icon, the status word and a sentence. The text can be selected and is read by screen readers
/// as "word: sentence". GUI thread; owned by its parent.
class StatusLabel final : public QWidget {
    Q_OBJECT
public:
    explicit StatusLabel(QWidget *parent = nullptr);

    /// An empty text hides the label.
    void setStatus(Status status, const QString &text);
    Status status() const { return m_status; }
    QString text() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void render();

    QLabel *m_icon;
    QLabel *m_label;
    QString m_text;
    Status m_status = Status::Unknown;
};

} // namespace kwup
