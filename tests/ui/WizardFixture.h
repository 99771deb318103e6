#pragma once

#include "tests/ui/FakeEngine.h"
#include "ui/wizard/Language.h"
#include "ui/wizard/UpgradeSession.h"
#include "ui/wizard/UpgradeWizard.h"

#include <QWidget>

#include <memory>

namespace kwup::test {

/// The whole window on a fake engine, driven by keys. One a test.
class WizardFixture final {
public:
    WizardFixture();
    ~WizardFixture();
    Q_DISABLE_COPY_MOVE(WizardFixture)

    FakeEngine engine;
    Language language;
    UpgradeSession session;
    Controllers controllers{engine, session};
    std::unique_ptr<UpgradeWizard> wizard;

    void open();

    template <typename T>
    T *find(const char *objectName) const
    {
        return wizard->findChild<T *>(QLatin1String(objectName));
    }
    bool canGoOn() const; ///< Next, Commit or Finish is enabled
    void goOn(); ///< presses that button with the keyboard
    void press(QWidget *widget); ///< focus and Space
    void type(QWidget *widget, const QString &text); ///< focus, select all, keys

    /// Pages up to the one wanted, with sensible answers. Fails the test when a page does not open.
    void walkTo(UpgradeWizard::Page page);

private:
    void answer(int page);
};

} // namespace kwup::test
