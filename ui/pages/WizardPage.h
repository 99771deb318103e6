#pragma once

#include "ui/wizard/UpgradeSession.h"

#include <QWizardPage>

#include <functional>

namespace kwup {

/// Base of all pages: thin views on the session and one controller. A subclass builds its widgets
/// in the constructor, sets every text in retranslateUi() (called at the end of its constructor and
/// at every language switch) and answers isComplete() from the session alone. GUI thread.
class WizardPage : public QWizardPage {
    Q_OBJECT
public:
    explicit WizardPage(UpgradeSession &session);

protected:
    virtual void retranslateUi() = 0;
    void changeEvent(QEvent *event) override;

    UpgradeSession &session() const { return m_session; }

    /// A dialog for one file that calls `chosen`; opened, never executed.
    void chooseFile(const QString &title, const QString &filter,
                    const std::function<void(const QString &)> &chosen);
    void chooseNewFile(const QString &title, const QString &suggestion,
                       const std::function<void(const QString &)> &chosen);
    void tell(const Error &error); ///< a message box with what happened and what to do
    void tell(const QString &sentence);

private:
    UpgradeSession &m_session;
};

} // namespace kwup
