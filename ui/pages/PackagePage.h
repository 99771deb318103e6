#pragma once

#include "ui/controllers/PackageController.h"
#include "ui/pages/WizardPage.h"

class QFormLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace kwup {

class ErrorCard;
class OptionsForm;
class StatusLabel;

/// The release archive: what it holds, and whether its version can be reached from the installed
/// one.
class PackagePage final : public WizardPage {
    Q_OBJECT
public:
    PackagePage(UpgradeSession &session, PackageController &packages);

    void initializePage() override;
    void cleanupPage() override;
    bool isComplete() const override;

protected:
    void retranslateUi() override;

private:
    void build();
    QLabel *addRow(QFormLayout *form, const char *name);
    void update();
    void showPackage();
    void showVerdict();
    void showWhatIsWanted();

    PackageController &m_packages;
    QLabel *m_fileLabel;
    QLineEdit *m_file;
    QPushButton *m_browse;
    QProgressBar *m_progress;
    StatusLabel *m_verdict;
    ErrorCard *m_error;
    QWidget *m_content;
    QLabel *m_optionsTitle;
    OptionsForm *m_options;
    QList<std::pair<QLabel *, const char *>> m_names;
    QList<std::pair<QLabel *, QLabel *>> m_captions; ///< with their values, Packages last
    QLabel *m_version;
    QLabel *m_kind;
    QLabel *m_architecture;
    QLabel *m_size;
    QLabel *m_sha256;
    QLabel *m_scriptSha256;
    QLabel *m_parts;
};

} // namespace kwup
