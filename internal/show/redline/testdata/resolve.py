"""Has LibreOffice accept, and reject, all tracked changes of documents.

usage: resolve.py SOFFICE DIR FILE...   prints [{"accepted": [paragraph...], "rejected": [...]}...]
"""

import json
import os
import pathlib
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def connect(pipe, office):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(300):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if office.poll() is not None:
                sys.exit(f"soffice ended with {office.returncode}")
            time.sleep(0.1)
    sys.exit("soffice does not answer")


def resolved(context, file, command):
    manager = context.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    hidden = PropertyValue(Name="Hidden", Value=True)
    document = desktop.loadComponentFromURL(pathlib.Path(file).as_uri(), "_blank", 0, (hidden,))
    frame = document.getCurrentController().getFrame()
    dispatcher.executeDispatch(frame, command, "", 0, ())
    paragraphs = [p.getString() for p in document.getText()]
    document.close(True)
    return paragraphs


def main():
    soffice, directory, *files = sys.argv[1:]
    pipe = f"redline{os.getpid()}"
    profile = pathlib.Path(directory, "profile").as_uri()
    office = subprocess.Popen(
        [soffice, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nologo", "--nodefault",
         f"--accept=pipe,name={pipe};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        context = connect(pipe, office)
        print(json.dumps([{
            "accepted": resolved(context, f, ".uno:AcceptAllTrackedChanges"),
            "rejected": resolved(context, f, ".uno:RejectAllTrackedChanges"),
        } for f in files]))
        try:
            context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context).terminate()
        except Exception:  # the bridge may go down before it answers
            pass
        office.wait(timeout=20)
    finally:
        if office.poll() is None:
            office.kill()


main()
