#pragma once

#include "ui/controllers/Controllers.h"

#include <QWizard>

namespace kwup {

class FingerprintDialog;
class Language;
class PageList;
class StartPage;

/// The window. Decides the order of the pages, carries questions of connecting hosts to dialogs,
/// and asks before it is closed during a run. Controllers, session and language outlive it. GUI
/// thread.
class UpgradeWizard final : public QWizard {
    Q_OBJECT
public:
    enum Page { Start, Hosts, Discover, Package, Checks, Backup, Plan, Upgrade, Report };

    UpgradeWizard(Controllers &controllers, UpgradeSession &session, Language &language,
                  QWidget *parent = nullptr);

    StartPage *startPage() const { return m_start; }
    int nextId() const override;
    void reject() override;
    QSize sizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void addPages();
    void connectPrompts();
    void retranslateUi();
    void showPageList();
    void askBeforeClosing();
    void closeWhenRunEnds();

    Controllers &m_parts;
    UpgradeSession &m_session;
    StartPage *m_start;
    PageList *m_pageList;
    FingerprintDialog *m_fingerprints;
    bool m_closing = false;
};

} // namespace kwup
