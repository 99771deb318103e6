#pragma once

#include "core/base/Error.h"
#include "core/run/RunTypes.h"

#include <QFrame>

#include <optional>

class QPlainTextEdit;
class QPushButton;

namespace kwup {

class StatusLabel;

/// An error as the operator needs it (I15): what happened, the likely cause, the state of the node
/// now, what can be done; the command and raw text one click away. With a decision it has a button
/// for each choice, with its meaning beside it. Hidden when there is nothing to show. GUI thread.
class ErrorCard final : public QFrame {
    Q_OBJECT
public:
    explicit ErrorCard(QWidget *parent = nullptr);

    void showError(const Error &error); ///< ErrorCode::None hides the card
    void showDecision(const Decision &decision);
    void clear();

signals:
    void chosen(kwup::Choice choice);

protected:
    void changeEvent(QEvent *event) override;

private:
    void render();
    void renderSentences();
    void renderChoices();
    void renderRaw();
    QString rawText() const;

    std::optional<Decision> m_decision;
    Error m_error;
    StatusLabel *m_what;
    QWidget *m_sentences;
    QWidget *m_choices;
    QPushButton *m_rawButton;
    QPlainTextEdit *m_raw;
};

} // namespace kwup
